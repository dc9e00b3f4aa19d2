namespace FedMeta.Protocol;

/// <summary>Why a chunk was not taken.</summary>
public enum ChunkRefusal
{
    /// <summary>The whole would be longer than allowed, or not as long as it must be.</summary>
    WrongTotal,

    /// <summary>The total differs from that of the chunk before.</summary>
    TotalChanged,

    /// <summary>The chunk does not begin where the one before ended.</summary>
    OutOfOrder,

    /// <summary>The chunk is empty though something is missing, or longer than 64 KiB.</summary>
    WrongLength,

    /// <summary>The chunk goes beyond the total.</summary>
    TooMuch,

    /// <summary>The stream ended before the total was reached.</summary>
    Incomplete,
}

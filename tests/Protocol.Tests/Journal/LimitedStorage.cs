namespace FedMeta.Protocol.Tests;

/// <summary>A disk with room for so many bytes; what does not fit is written in part, as disks do.</summary>
internal sealed class LimitedStorage(long room) : MemoryStorage
{
    private const int NoSpace = 28;

    public long Room { get; set; } = room;

    public bool CanTruncate { get; set; } = true;

    public override void Append(ReadOnlySpan<byte> bytes)
    {
        var fits = (int)Math.Clamp(Room - Length, 0, bytes.Length);
        base.Append(bytes[..fits]);
        if (fits < bytes.Length) throw new IOException("No space left on device", NoSpace);
    }

    public override void Truncate(long length)
    {
        if (!CanTruncate) throw new IOException("Input/output error", 5);
        base.Truncate(length);
    }
}

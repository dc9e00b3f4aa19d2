namespace Grpc.Core;

/// <summary>Wishes about how one message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait in a buffer for the next one.</summary>
    BufferHint = 0x1,

    /// <summary>The message is not compressed, even where the call is.</summary>
    NoCompress = 0x2,
}

using System.Buffers;

namespace Grpc.Core;

/// <summary>One received message, valid only while the deserializer runs.</summary>
public abstract class DeserializationContext
{
    /// <summary>The length of the payload in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>A copy of the payload that the caller owns.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotImplementedException();

    /// <summary>The payload without a copy; it must not be kept.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw new NotImplementedException();
}

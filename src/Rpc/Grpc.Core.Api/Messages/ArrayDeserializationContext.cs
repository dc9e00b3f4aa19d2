using System.Buffers;

namespace Grpc.Core;

/// <summary>Presents an array as a received message, for callers of a marshaller's array form.</summary>
internal sealed class ArrayDeserializationContext(byte[] payload) : DeserializationContext
{
    public override int PayloadLength => payload.Length;

    public override byte[] PayloadAsNewBuffer() => payload.AsSpan().ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
}

using System.Buffers;
using Grpc.Core;

namespace FedMeta.Rpc.Tests.Pieces;

/// <summary>Keeps one serialized message.</summary>
internal sealed class Sink : SerializationContext
{
    private readonly ArrayBufferWriter<byte> _writer = new();

    public byte[]? Payload { get; private set; }

    public override void Complete(byte[] payload) => Payload = payload;

    public override IBufferWriter<byte> GetBufferWriter() => _writer;

    public override void Complete() => Payload = _writer.WrittenSpan.ToArray();
}

/// <summary>Presents an array as a received message.</summary>
internal sealed class Source(byte[] payload) : DeserializationContext
{
    public override int PayloadLength => payload.Length;

    public override byte[] PayloadAsNewBuffer() => payload;

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
}

using System.Buffers;

namespace Grpc.Core;

/// <summary>Collects one message in memory, for callers of a marshaller's array form.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private readonly ArrayBufferWriter<byte> _writer = new();
    private byte[]? _payload;

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        _payload = _payload is null ? payload : throw AlreadyComplete();
    }

    public override void Complete() =>
        _payload = _payload is null ? _writer.WrittenSpan.ToArray() : throw AlreadyComplete();

    public override IBufferWriter<byte> GetBufferWriter() => _payload is null ? _writer : throw AlreadyComplete();

    public byte[] Payload() =>
        _payload ?? throw new InvalidOperationException("The serializer did not complete the message.");

    private static InvalidOperationException AlreadyComplete() => new("The message is complete already.");
}

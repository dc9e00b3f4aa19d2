using System.Buffers;

namespace Grpc.Core;

/// <summary>
/// Where a serializer puts one message: either it gives a whole array to <see cref="Complete(byte[])"/>, or it
/// writes to <see cref="GetBufferWriter"/> and then calls <see cref="Complete()"/>.
/// </summary>
public abstract class SerializationContext
{
    /// <summary>Ends the message with a payload that the serializer gives away.</summary>
    /// <param name="payload">The serialized message; the caller no longer writes to it.</param>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>The writer for the payload.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Announces the exact length, so that the frame needs no second copy.</summary>
    /// <param name="payloadLength">Bytes that will be written.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Ends a message that was written to <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}

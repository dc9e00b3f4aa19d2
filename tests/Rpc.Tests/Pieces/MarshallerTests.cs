using System.Buffers;
using System.Text;
using Grpc.Core;

namespace FedMeta.Rpc.Tests.Pieces;

public sealed class MarshallerTests
{
    [Fact]
    public void One_made_of_arrays_works_over_contexts()
    {
        var marshaller = Marshallers.Create(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);
        var sink = new Sink();
        marshaller.ContextualSerializer("text", sink);
        Assert.Equal("text"u8.ToArray(), sink.Payload);
        Assert.Equal("text", marshaller.ContextualDeserializer(new Source("text"u8.ToArray())));
    }

    [Fact]
    public void One_made_of_contexts_works_over_arrays()
    {
        var marshaller = Marshallers.Create<string>(
            (text, context) =>
            {
                context.SetPayloadLength(Encoding.UTF8.GetByteCount(text));
                Encoding.UTF8.GetBytes(text, context.GetBufferWriter());
                context.Complete();
            },
            context => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()));
        Assert.Equal("text"u8.ToArray(), marshaller.Serializer("text"));
        Assert.Equal("text", marshaller.Deserializer("text"u8.ToArray()));
    }

    [Fact]
    public void A_context_serializer_may_give_a_whole_array()
    {
        var marshaller = Marshallers.Create<string>(
            (text, context) => context.Complete(Encoding.UTF8.GetBytes(text)),
            context =>
            {
                Assert.Equal(4, context.PayloadLength);
                return Encoding.UTF8.GetString(context.PayloadAsNewBuffer());
            });
        Assert.Equal("text"u8.ToArray(), marshaller.Serializer("text"));
        Assert.Equal("text", marshaller.Deserializer("text"u8.ToArray()));
    }

    [Fact]
    public void A_message_is_completed_exactly_once()
    {
        var twice = Marshallers.Create<string>(
            (_, context) =>
            {
                context.Complete([1]);
                context.Complete([2]);
            },
            _ => "");
        Assert.Throws<InvalidOperationException>(() => twice.Serializer("text"));
        var never = Marshallers.Create<string>((_, _) => { }, _ => "");
        Assert.ThrowsAny<Exception>(() => never.Serializer("text"));
    }

    [Fact]
    public void A_missing_function_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Marshallers.Create<string>(null!, Encoding.UTF8.GetString));
        Assert.Throws<ArgumentNullException>(
            () => Marshallers.Create(Encoding.UTF8.GetBytes, (Func<byte[], string>)null!));
    }

    [Fact]
    public void Strings_travel_as_UTF_8()
    {
        Assert.Equal("ä"u8.ToArray(), Marshallers.StringMarshaller.Serializer("ä"));
        Assert.Equal("ä", Marshallers.StringMarshaller.Deserializer("ä"u8.ToArray()));
    }

    private sealed class Sink : SerializationContext
    {
        public byte[]? Payload { get; private set; }

        public override void Complete(byte[] payload) => Payload = payload;
    }

    private sealed class Source(byte[] payload) : DeserializationContext
    {
        public override int PayloadLength => payload.Length;

        public override byte[] PayloadAsNewBuffer() => payload;

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
    }
}

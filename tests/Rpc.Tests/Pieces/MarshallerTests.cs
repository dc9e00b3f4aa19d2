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
    public void One_made_of_arrays_works_over_arrays()
    {
        var marshaller = Marshallers.Create(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);
        Assert.Equal("text"u8.ToArray(), marshaller.Serializer("text"));
        Assert.Equal("text", marshaller.Deserializer("text"u8.ToArray()));
    }

    [Fact]
    public void One_made_of_contexts_works_over_contexts_alone()
    {
        var marshaller = Marshallers.Create<string>(
            (text, context) =>
            {
                context.SetPayloadLength(Encoding.UTF8.GetByteCount(text));
                Encoding.UTF8.GetBytes(text, context.GetBufferWriter());
                context.Complete();
            },
            context => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()));
        var sink = new Sink();
        marshaller.ContextualSerializer("text", sink);
        Assert.Equal("text"u8.ToArray(), sink.Payload);
        Assert.Equal("text", marshaller.ContextualDeserializer(new Source("text"u8.ToArray())));
        Assert.Throws<NotImplementedException>(() => marshaller.Serializer("text"));
        Assert.Throws<NotImplementedException>(() => marshaller.Deserializer([]));
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
}

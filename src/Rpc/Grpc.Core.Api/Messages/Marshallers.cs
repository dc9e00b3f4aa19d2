using System.Text;

namespace Grpc.Core;

/// <summary>Makes marshallers with the message's type inferred.</summary>
public static class Marshallers
{
    /// <summary>Strings as UTF-8.</summary>
    public static Marshaller<string> StringMarshaller { get; } =
        new(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);

    /// <summary>Makes a marshaller from functions over whole arrays.</summary>
    /// <param name="serializer">Message to bytes.</param>
    /// <param name="deserializer">Bytes to message.</param>
    /// <typeparam name="T">The type of the message.</typeparam>
    public static Marshaller<T> Create<T>(Func<T, byte[]> serializer, Func<byte[], T> deserializer) =>
        new(serializer, deserializer);

    /// <summary>Makes a marshaller from functions over contexts.</summary>
    /// <param name="serializer">Writes a message to a context.</param>
    /// <param name="deserializer">Reads a message from a context.</param>
    /// <typeparam name="T">The type of the message.</typeparam>
    public static Marshaller<T> Create<T>(
        Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer) =>
        new(serializer, deserializer);
}

using Grpc.Core;

namespace FedMeta.Rpc.Tests.Pieces;

/// <summary>Answers every call from memory and remembers host and headers of the last one.</summary>
internal sealed class RecordingInvoker : CallInvoker
{
    public string? Host { get; private set; }

    public Metadata? Headers { get; private set; }

    public bool Disposed { get; private set; }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Record(host, options);
        return Empty(method.ResponseMarshaller);
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Record(host, options);
        return new(
            Task.FromResult(Empty(method.ResponseMarshaller)),
            Started(),
            () => new(StatusCode.OK, "unary"),
            Trailers,
            End);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Record(host, options);
        return new(new NoMessages<TResponse>(), Started(), () => new(StatusCode.OK, "server"), Trailers, End);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Record(host, options);
        return new(
            new NoMessages<TRequest>(),
            Task.FromResult(Empty(method.ResponseMarshaller)),
            Started(),
            () => new(StatusCode.OK, "client"),
            Trailers,
            End);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Record(host, options);
        return new(
            new NoMessages<TRequest>(),
            new NoMessages<TResponse>(),
            Started(),
            () => new(StatusCode.OK, "duplex"),
            Trailers,
            End);
    }

    private static T Empty<T>(Marshaller<T> marshaller) => marshaller.ContextualDeserializer(new Source([]));

    private static Task<Metadata> Started() => Task.FromResult(new Metadata { { "started", "yes" } });

    private static Metadata Trailers() => new() { { "ended", "yes" } };

    private void Record(string? host, CallOptions options)
    {
        Host = host;
        Headers = options.Headers;
        Disposed = false;
    }

    private void End() => Disposed = true;

    private sealed class NoMessages<T> : IClientStreamWriter<T>, IAsyncStreamReader<T>
    {
        public WriteOptions? WriteOptions { get; set; }

        public T Current => throw new InvalidOperationException();

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(false);

        public Task WriteAsync(T message) => Task.CompletedTask;

        public Task CompleteAsync() => Task.CompletedTask;
    }
}

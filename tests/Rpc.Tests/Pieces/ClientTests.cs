using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FedMeta.Rpc.Tests.Pieces;

/// <summary>Generated clients over an invoker of our own: hosts, interceptors, the parts of a call.</summary>
public sealed class ClientTests
{
    private readonly RecordingInvoker _invoker = new();

    [Fact]
    public void A_client_names_no_host_unless_told()
    {
        var client = new Echo.EchoClient(_invoker);
        client.Say(new EchoRequest());
        Assert.Null(_invoker.Host);
    }

    [Fact]
    public void A_client_with_a_host_names_it_in_every_kind_of_call()
    {
        var client = new Echo.EchoClient(_invoker).WithHost("hospital.example");
        EveryKind(client, () => Assert.Equal("hospital.example", _invoker.Host));
    }

    [Fact]
    public void A_function_changes_the_headers_of_every_kind_of_call()
    {
        var client = new Echo.EchoClient(_invoker.Intercept(headers => [.. headers, new("added", "yes")]));
        EveryKind(client, () => Assert.Equal("yes", _invoker.Headers?.GetValue("added")));
        client.Say(new EchoRequest(), new Metadata { { "own", "1" } });
        Assert.Equal(["own", "added"], _invoker.Headers!.Select(entry => entry.Key));
    }

    [Fact]
    public void The_first_of_several_interceptors_sees_a_call_first()
    {
        var order = new List<string>();
        var client = new Echo.EchoClient(_invoker.Intercept(new Noting("outer", order), new Noting("inner", order)));
        client.Say(new EchoRequest());
        Assert.Equal(["outer", "inner"], order);
    }

    [Fact]
    public async Task A_call_gives_its_headers_status_and_trailers_and_ends_when_disposed()
    {
        var client = new Echo.EchoClient(_invoker);
        using (var unary = client.SayAsync(new EchoRequest()))
        {
            Assert.NotNull(await unary);
            Assert.NotNull(await unary.ConfigureAwait(true));
            await Check(unary.ResponseHeadersAsync, unary.GetStatus(), unary.GetTrailers(), "unary");
        }

        Assert.True(_invoker.Disposed);
        using (var server = client.Scatter(new EchoRequest()))
        {
            Assert.False(await server.ResponseStream.MoveNext());
            await Check(server.ResponseHeadersAsync, server.GetStatus(), server.GetTrailers(), "server");
        }

        Assert.True(_invoker.Disposed);
        using (var gather = client.Gather())
        {
            await gather.RequestStream.WriteAsync(new Chunk(), CancellationToken.None);
            await gather.RequestStream.CompleteAsync();
            Assert.NotNull(await gather);
            await Check(gather.ResponseHeadersAsync, gather.GetStatus(), gather.GetTrailers(), "client");
        }

        Assert.True(_invoker.Disposed);
        using (var duplex = client.Reflect())
            await Check(duplex.ResponseHeadersAsync, duplex.GetStatus(), duplex.GetTrailers(), "duplex");
        Assert.True(_invoker.Disposed);
    }

    [Fact]
    public async Task A_writer_without_support_for_tokens_refuses_a_live_one()
    {
        using var source = new CancellationTokenSource();
        using var call = new Echo.EchoClient(_invoker).Gather();
        await Assert.ThrowsAsync<NotSupportedException>(
            () => call.RequestStream.WriteAsync(new Chunk(), source.Token));
    }

    [Fact]
    public void A_test_double_without_a_channel_refuses_calls() =>
        Assert.Throws<NotImplementedException>(() => new Double().Say(new EchoRequest()));

    [Fact]
    public void Credentials_are_composed()
    {
        var token = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        Assert.NotNull(ChannelCredentials.Create(ChannelCredentials.SecureSsl, token));
        Assert.ThrowsAny<ArgumentException>(() => CallCredentials.Compose(token));
        Assert.NotNull(CallCredentials.Compose(token, token));
    }

    private static async Task Check(Task<Metadata> headers, Status status, Metadata trailers, string kind)
    {
        Assert.Equal("yes", (await headers).GetValue("started"));
        Assert.Equal(kind, status.Detail);
        Assert.Equal("yes", trailers.GetValue("ended"));
    }

    private static void EveryKind(Echo.EchoClient client, Action check)
    {
        client.Say(new EchoRequest());
        check();
        client.SayAsync(new EchoRequest()).Dispose();
        check();
        client.Scatter(new EchoRequest()).Dispose();
        check();
        client.Gather().Dispose();
        check();
        client.Reflect().Dispose();
        check();
    }

    private sealed class Double : Echo.EchoClient;

    private sealed class Noting(string name, List<string> order) : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            order.Add(name);
            return base.BlockingUnaryCall(request, context, continuation);
        }
    }
}

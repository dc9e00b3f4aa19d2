using Grpc.Core;

namespace FedMeta.Rpc.Tests.EndToEnd;

/// <summary>The ways a call ends other than well.</summary>
public sealed class EndingTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_status_arrives_with_its_text_and_its_trailers()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        var request = new EchoRequest { Count = (int)StatusCode.FailedPrecondition, Text = "no: 100 % spent, größe" };
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await new Echo.EchoClient(channel).FailAsync(request));
        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Equal(request.Text, error.Status.Detail);
        Assert.Equal("budget spent", error.Trailers.GetValue("reason"));
        Assert.Equal([0, 255, 7], error.Trailers.GetValueBytes("proof-bin"));
    }

    [Fact]
    public async Task An_exception_of_the_service_tells_the_client_nothing()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        var request = new EchoRequest { Count = -1, Text = "confidential" };
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await new Echo.EchoClient(channel).FailAsync(request));
        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.DoesNotContain("confidential", error.ToString());
    }

    [Fact]
    public async Task A_method_that_a_server_does_not_have_is_unimplemented()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        var method = new Method<string, string>(
            MethodType.Unary, "no.Such", "Method", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, ""));
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Fact]
    public async Task A_deadline_ends_the_call_on_both_sides()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        var client = new Echo.EchoClient(channel);
        await client.SayAsync(new EchoRequest()); // so that the deadline does not pass during the handshake
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(1).UtcDateTime;
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await client.HangAsync(new EchoRequest(), deadline: deadline));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await server.Probe.Cancelled.Task.WaitAsync(s_patience);
    }

    [Fact]
    public async Task A_token_cancels_the_call_on_both_sides()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        using var source = new CancellationTokenSource();
        var call = new Echo.EchoClient(channel).HangAsync(new EchoRequest(), cancellationToken: source.Token);
        await server.Probe.Begun.Task.WaitAsync(s_patience);
        await source.CancelAsync();
        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        await server.Probe.Cancelled.Task.WaitAsync(s_patience);
    }

    [Fact]
    public async Task Disposing_a_call_cancels_it()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        using (new Echo.EchoClient(channel).HangAsync(new EchoRequest()))
            await server.Probe.Begun.Task.WaitAsync(s_patience);
        await server.Probe.Cancelled.Task.WaitAsync(s_patience);
    }
}

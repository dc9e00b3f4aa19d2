using Google.Protobuf;
using Grpc.Core;

namespace FedMeta.Rpc.Tests.EndToEnd;

public sealed class CallKindTests
{
    [Fact]
    public async Task A_unary_call_returns_its_answer()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        var client = new Echo.EchoClient(channel);
        Assert.Equal("grüezi", (await client.SayAsync(new EchoRequest { Text = "grüezi" })).Text);
        Assert.Equal("again", client.Say(new EchoRequest { Text = "again" }).Text);
    }

    [Fact]
    public async Task A_server_streams_its_answers_in_order()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        using var call = new Echo.EchoClient(channel).Scatter(new EchoRequest { Count = 5, Size = 10 });
        var indices = new List<int>();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(10, chunk.Data.Length);
            indices.Add(chunk.Index);
        }

        Assert.Equal([0, 1, 2, 3, 4], indices);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_client_streams_its_requests()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        using var call = new Echo.EchoClient(channel).Gather();
        for (var i = 0; i < 3; i++)
            await call.RequestStream.WriteAsync(new Chunk { Index = i, Data = ByteString.CopyFrom(new byte[i]) });
        await call.RequestStream.CompleteAsync();
        var reply = await call;
        Assert.Equal(3, reply.Chunks);
        Assert.Equal(3, reply.Bytes);
    }

    [Fact]
    public async Task Two_streams_take_turns()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        using var call = new Echo.EchoClient(channel).Reflect();
        for (var i = 0; i < 3; i++)
        {
            await call.RequestStream.WriteAsync(new Chunk { Index = i });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(i, call.ResponseStream.Current.Index);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Empty_streams_are_fine()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        var client = new Echo.EchoClient(channel);
        using var scatter = client.Scatter(new EchoRequest());
        Assert.False(await scatter.ResponseStream.MoveNext());
        using var gather = client.Gather();
        await gather.RequestStream.CompleteAsync();
        Assert.Equal(0, (await gather).Chunks);
    }

    [Fact]
    public async Task A_server_with_a_certificate_that_is_not_trusted_gets_no_call()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.ConnectTrustingAnother();
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await new Echo.EchoClient(channel).SayAsync(new EchoRequest()));
        Assert.Contains(error.StatusCode, new[] { StatusCode.Unavailable, StatusCode.Internal });
    }
}

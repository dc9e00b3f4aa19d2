using Grpc.Core;

namespace FedMeta.Rpc.Tests.EndToEnd;

public sealed class MetadataTests
{
    [Fact]
    public async Task Metadata_travels_there_and_back_as_headers_and_as_trailers()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        byte[] bytes = [0, 1, 254, 255];
        var headers = new Metadata { { "Own-Text", "a, b" }, { "own-bytes-bin", bytes } };
        using var call = new Echo.EchoClient(channel).SayAsync(new EchoRequest(), headers);
        await call;
        foreach (var received in new[] { await call.ResponseHeadersAsync, call.GetTrailers() })
        {
            Assert.Equal("a, b", received.GetValue("own-text"));
            Assert.Equal(bytes, received.GetValueBytes("own-bytes-bin")!);
        }
    }

    [Fact]
    public async Task Call_credentials_write_headers_on_a_secured_channel()
    {
        await using var server = await EchoServer.StartAsync();
        var token = CallCredentials.FromInterceptor((context, headers) =>
        {
            headers.Add("own-token", context.MethodName);
            return Task.CompletedTask;
        });
        using var channel = server.Connect(options =>
            options.Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, token));
        using var call = new Echo.EchoClient(channel).SayAsync(new EchoRequest());
        Assert.Equal("Say", (await call.ResponseHeadersAsync).GetValue("own-token"));
    }
}

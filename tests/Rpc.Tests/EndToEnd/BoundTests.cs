using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace FedMeta.Rpc.Tests.EndToEnd;

/// <summary>What a peer can make the other side hold in memory.</summary>
public sealed class BoundTests
{
    private const int Chunks = 160;
    private const int ChunkSize = 64 * 1024;

    // Windows of HTTP/2 and buffers of Kestrel, with room to spare; far below the 10 MiB that travel.
    private const int Held = 3 * 1024 * 1024;

    [Fact]
    public async Task Ten_megabytes_of_requests_wait_at_the_sender_until_they_are_read()
    {
        await using var server = await EchoServer.StartAsync();
        var reading = new TaskCompletionSource();
        server.Probe.MayRead = reading.Task;
        using var channel = server.Connect();
        var client = new Echo.EchoClient(channel);
        using var call = client.Gather();
        var data = RandomNumberGenerator.GetBytes(ChunkSize);
        long sent = 0;
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Chunks; i++)
            {
                var chunk = new Chunk { Index = i, Data = UnsafeByteOperations.UnsafeWrap(data) };
                await call.RequestStream.WriteAsync(chunk);
                Interlocked.Add(ref sent, ChunkSize);
            }

            await call.RequestStream.CompleteAsync();
        });
        await server.Probe.Begun.Task;
        await GiveEveryChanceAsync(server);
        Assert.InRange(Interlocked.Read(ref sent), 0, Held);
        Assert.False(sending.IsCompleted);

        reading.SetResult();
        await sending;
        var reply = await call;
        Assert.Equal(Chunks, reply.Chunks);
        Assert.Equal((long)Chunks * ChunkSize, reply.Bytes);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < Chunks; i++)
            digest.AppendData(data);
        Assert.Equal(digest.GetHashAndReset(), reply.Digest.ToByteArray());
    }

    [Fact]
    public async Task Ten_megabytes_of_responses_wait_at_the_sender_until_they_are_read()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect();
        using var call = new Echo.EchoClient(channel).Scatter(new EchoRequest { Count = Chunks, Size = ChunkSize });
        Assert.True(await call.ResponseStream.MoveNext());
        await GiveEveryChanceAsync(server);
        Assert.InRange(server.Probe.BytesSent, 0, Held);

        long received = call.ResponseStream.Current.Data.Length;
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
            received += chunk.Data.Length;
        Assert.Equal((long)Chunks * ChunkSize, received);
    }

    [Fact]
    public async Task A_request_above_the_servers_limit_is_refused()
    {
        await using var server = await EchoServer.StartAsync(options => options.MaxReceiveMessageSize = 10_000);
        using var channel = server.Connect();
        var client = new Echo.EchoClient(channel);
        await client.SayAsync(new EchoRequest { Text = new string('a', 9_000) });
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await client.SayAsync(new EchoRequest { Text = new string('a', 10_001) }));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task A_response_above_the_clients_limit_is_refused()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = server.Connect(options => options.MaxReceiveMessageSize = 10_000);
        var client = new Echo.EchoClient(channel);
        using var small = client.Scatter(new EchoRequest { Count = 1, Size = 9_000 });
        Assert.True(await small.ResponseStream.MoveNext());
        using var large = client.Scatter(new EchoRequest { Count = 1, Size = 10_001 });
        var error = await Assert.ThrowsAsync<RpcException>(() => large.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    /// <summary>Fifty round trips on another connection: time in which an unbounded sender would run ahead.</summary>
    private static async Task GiveEveryChanceAsync(EchoServer server)
    {
        using GrpcChannel aside = server.Connect();
        var client = new Echo.EchoClient(aside);
        for (var i = 0; i < 50; i++)
            await client.SayAsync(new EchoRequest());
    }
}

using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;

namespace FedMeta.Rpc.Tests.EndToEnd;

internal sealed class EchoService(EchoProbe probe) : Echo.EchoBase
{
    public override async Task<EchoReply> Say(EchoRequest request, ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync(Own(context.RequestHeaders));
        foreach (var entry in Own(context.RequestHeaders))
            context.ResponseTrailers.Add(entry);
        return new EchoReply { Text = request.Text };
    }

    public override Task<EchoReply> Fail(EchoRequest request, ServerCallContext context) => request.Count < 0
        ? throw new InvalidOperationException(request.Text)
        : throw new RpcException(
            new Status((StatusCode)request.Count, request.Text),
            new Metadata { { "reason", "budget spent" }, { "proof-bin", [0, 255, 7] } });

    public override async Task<EchoReply> Hang(EchoRequest request, ServerCallContext context)
    {
        await using var _ = context.CancellationToken.Register(probe.Cancelled.SetResult);
        probe.Begun.SetResult();
        await probe.Cancelled.Task;
        context.CancellationToken.ThrowIfCancellationRequested();
        return new EchoReply();
    }

    public override async Task Scatter(
        EchoRequest request, IServerStreamWriter<Chunk> responseStream, ServerCallContext context)
    {
        var data = ByteString.CopyFrom(new byte[request.Size]);
        for (var i = 0; i < request.Count; i++)
        {
            await responseStream.WriteAsync(new Chunk { Index = i, Data = data }, context.CancellationToken);
            probe.Sent(request.Size);
        }
    }

    public override async Task<EchoReply> Gather(IAsyncStreamReader<Chunk> requestStream, ServerCallContext context)
    {
        probe.Begun.TrySetResult();
        await probe.MayRead;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reply = new EchoReply();
        await foreach (var chunk in requestStream.ReadAllAsync(context.CancellationToken))
        {
            digest.AppendData(chunk.Data.Span);
            reply.Chunks++;
            reply.Bytes += chunk.Data.Length;
        }

        reply.Digest = ByteString.CopyFrom(digest.GetHashAndReset());
        return reply;
    }

    public override async Task Reflect(
        IAsyncStreamReader<Chunk> requestStream, IServerStreamWriter<Chunk> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext())
            await responseStream.WriteAsync(requestStream.Current);
    }

    private static Metadata Own(Metadata headers) =>
        [.. headers.Where(entry => entry.Key.StartsWith("own-", StringComparison.Ordinal))];
}

using FedMeta.Client.Agent;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FedMeta.Client.Connection;

/// <summary>The coordinator over gRPC.</summary>
internal sealed class GrpcRoundServer(ServerConnection connection) : IRoundServer
{
    // A long poll ends within 20 seconds at the server; middleboxes cut silent connections after 30.
    private static readonly TimeSpan PollLimit = TimeSpan.FromSeconds(24);
    private static readonly TimeSpan TransferLimit = TimeSpan.FromMinutes(10);
    private const long MaxModelBytes = 1L << 30;

    private Rounds.RoundsClient Rounds => new(connection.Member.Channel);

    /// <inheritdoc/>
    public async Task<Instruction> AwaitAsync(ulong after, CancellationToken stop)
    {
        try
        {
            return await connection.CallAsync(
                connection.Member,
                async cancel => await Rounds.AwaitAsync(new AwaitRequest { After = after }, cancellationToken: cancel),
                PollLimit,
                stop);
        }
        catch (RpcException fault) when (fault.StatusCode == StatusCode.DeadlineExceeded)
        {
            return new Instruction(); // nothing yet; the next poll shows whether the server is there
        }
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetModelAsync(Sha256Digest hash, CancellationToken stop) => connection.CallAsync(
        connection.Member,
        async cancel =>
        {
            using var call = Rounds.GetModel(
                new ModelRequest { ModelHash = ByteString.CopyFrom(hash.ToArray()) }, cancellationToken: cancel);
            var assembler = new ChunkAssembler(1, MaxModelBytes);
            try
            {
                await foreach (var chunk in call.ResponseStream.ReadAllAsync(cancel))
                    if (assembler.Add(chunk) is not null) return null;
            }
            catch (RpcException fault) when (fault.StatusCode == StatusCode.NotFound)
            {
                return null;
            }

            return assembler.TryFinish(out var content, out _) ? content : null;
        },
        TransferLimit,
        stop);

    /// <inheritdoc/>
    public Task<Ack> SendAsync(PhaseMessage message, CancellationToken stop) => connection.CallAsync(
        connection.Member,
        async cancel => await Rounds.SendAsync(message, cancellationToken: cancel),
        ServerConnection.Short,
        stop);

    /// <inheritdoc/>
    public Task<Ack> UploadAsync(MaskedInputHeader header, ReadOnlyMemory<byte> packed, CancellationToken stop) =>
        connection.CallAsync(
            connection.Member,
            async cancel =>
            {
                var had = (await Rounds.AskUploadAsync(header.Round, cancellationToken: cancel)).Bytes;
                if (had == (ulong)packed.Length) return new Ack { Accepted = true }; // its answer was lost

                // A server that claims to have more than there is gets the whole, and says itself what is wrong.
                var from = had < (ulong)packed.Length ? (int)had : 0;
                using var call = Rounds.UploadMaskedInput(cancellationToken: cancel);
                try
                {
                    await call.RequestStream.WriteAsync(new MaskedInputPart { Header = header }, cancel);
                    foreach (var chunk in ChunkSplitter.Split(packed, from))
                        await call.RequestStream.WriteAsync(new MaskedInputPart { Chunk = chunk }, cancel);
                    await call.RequestStream.CompleteAsync();
                }
                catch (RpcException fault) when (fault.StatusCode == StatusCode.OK)
                {
                    // The server answered before the end of the stream: its answer says why.
                }
                catch (IOException)
                {
                    // The connection was cut: the call itself knows how it ended.
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
                {
                    // The same, noticed as a stream that was closed.
                }
                catch (InvalidOperationException) when (call.ResponseAsync.IsCompletedSuccessfully)
                {
                    // The same, noticed by the writer as a finished call.
                }

                return await call.ResponseAsync;
            },
            TransferLimit,
            stop);
}

using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.Tests.Harness;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Rounds;

public sealed class UploadTests
{
    // About 4 MiB in 65 pieces.
    private static readonly byte[] Draft = Drafts.Sound(rounds: 1, layers: "512, 512");

    [Fact]
    public async Task A_stream_that_is_cut_in_the_middle_goes_on_from_its_last_byte_and_the_sum_is_right()
    {
        await using var federation = await Federation.WithStudyAsync(Draft);
        var (plan, round, model) = await UntilUploadsAsync(federation);
        var unlucky = federation.Clients[0];
        var chunks = ChunkSplitter.Split(unlucky.Packed).ToList();
        var spend = unlucky.Spend(plan, round, model);
        await CutAsync(unlucky, round, spend, chunks.Take(chunks.Count / 2));
        var had = await UntilAsync(unlucky, round, (ulong)(chunks.Count / 2 * ChunkSplitter.ChunkBytes));
        Assert.Equal((ulong)(chunks.Count / 2 * ChunkSplitter.ChunkBytes), had);

        Assert.Equal("wrong-offset", await UploadAsync(chunks.Skip(1)));
        Assert.Equal("wrong-offset", await UploadAsync(chunks));
        Assert.Equal("spend-changed", (await unlucky.UploadAsync(round, spend with { Cumulative = spend.Cumulative + 1 },
            chunks.Skip(chunks.Count / 2))).Refusal);
        Assert.Equal("content-changed", (await unlucky.UploadAsync(round, spend, chunks.Skip(chunks.Count / 2),
            ScriptedClient.Bytes(new byte[32]))).Refusal);

        var rest = ChunkSplitter.Split(unlucky.Packed, (int)had).ToList();
        Assert.True(rest.Count < chunks.Count);
        Assert.Equal("", await UploadAsync(rest));
        Assert.Equal((ulong)unlucky.Packed.Length, (await unlucky.Rounds.AskUploadAsync(round)).Bytes);
        await FinishAsync(federation, model, federation.Clients.Skip(1));

        async Task<string> UploadAsync(IEnumerable<Chunk> some) =>
            (await unlucky.UploadAsync(round, spend, some, Hash(unlucky))).Refusal;
    }

    [Fact]
    public async Task What_does_not_end_as_it_was_announced_is_taken_back_whole()
    {
        await using var federation = await Federation.WithStudyAsync(Draft);
        var (plan, round, model) = await UntilUploadsAsync(federation);
        var liar = federation.Clients[0];
        var spend = liar.Spend(plan, round, model);
        var other = (byte[])liar.Packed.Clone();
        other[^1] ^= 1;
        Assert.Equal("content-changed", (await liar.UploadAsync(round, spend, ChunkSplitter.Split(other), Hash(liar)))
            .Refusal);
        Assert.Equal(0ul, (await liar.Rounds.AskUploadAsync(round)).Bytes);

        // Whole and as the header says, and not what the entry was signed over.
        Assert.Equal("content-changed", (await liar.UploadAsync(round, spend, ChunkSplitter.Split(other),
            ScriptedClient.Bytes(System.Security.Cryptography.SHA256.HashData(other)))).Refusal);
        Assert.Equal("", (await liar.UploadAsync(round, spend, ChunkSplitter.Split(liar.Packed), Hash(liar))).Refusal);
        await FinishAsync(federation, model, federation.Clients.Skip(1));
    }

    [Theory]
    [InlineData(ulong.MaxValue, 10)]
    [InlineData(1ul << 40, 10)]
    [InlineData(0ul, 0)]
    [InlineData(0ul, 4095)]
    [InlineData(0ul, 65537)]
    public async Task Hostile_offsets_and_lengths_are_refused(ulong offset, int length)
    {
        await using var federation = await Federation.WithStudyAsync(Draft);
        var (plan, round, model) = await UntilUploadsAsync(federation);
        var hostile = federation.Clients[0];
        var chunk = new Chunk
        {
            Offset = offset,
            Total = (ulong)hostile.Packed.Length,
            Data = ScriptedClient.Bytes(new byte[length]),
        };
        Assert.Equal("bad-upload", (await hostile.UploadAsync(round, hostile.Spend(plan, round, model), [chunk],
            Hash(hostile))).Refusal);
        Assert.Equal(0ul, (await hostile.Rounds.AskUploadAsync(round)).Bytes);
    }

    [Fact]
    public async Task A_header_whose_content_hash_is_none_is_refused_before_anything_is_charged()
    {
        await using var federation = await Federation.WithStudyAsync(Draft);
        var (plan, round, model) = await UntilUploadsAsync(federation);
        var hostile = federation.Clients[0];
        Assert.Equal("bad-upload", (await hostile.UploadAsync(round, hostile.Spend(plan, round, model),
            ChunkSplitter.Split(hostile.Packed), ScriptedClient.Bytes(new byte[31]))).Refusal);
        Assert.Empty(federation.Study.Rounds[0].Inputs);
    }

    [Fact]
    public async Task A_broken_upload_gives_way_the_oldest_first_and_one_that_runs_is_waited_for()
    {
        var taken = new List<string>();
        var slots = new UploadSlots(2, taken.Add);
        var first = await slots.TakeAsync("a", default);
        var second = await slots.TakeAsync("b", default);
        var third = slots.TakeAsync("c", default);
        Assert.False(third.IsCompleted);
        slots.Leave(second, isComplete: false);
        Assert.Equal("c", (await third).Client);
        Assert.Equal(["b"], taken);
        var fourth = slots.TakeAsync("d", default);
        slots.Leave(first, isComplete: true);
        Assert.Equal("d", (await fourth).Client);
        Assert.Equal(["b"], taken);

        slots.Leave(await third, isComplete: false);
        slots.Leave(await fourth, isComplete: false);
        Assert.Same(await fourth, await slots.TakeAsync("d", default));
        Assert.Equal("e", (await slots.TakeAsync("e", default)).Client);
        Assert.Equal(["b", "c"], taken);
        using var gone = new CancellationTokenSource();
        var sixth = slots.TakeAsync("f", gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sixth);
        Assert.Equal(2, slots.Held);
    }

    [Fact]
    public async Task One_who_sends_slowly_loses_its_turn_but_not_its_bytes()
    {
        await using var federation = await Federation.WithStudyAsync(Draft);
        var (plan, round, model) = await UntilUploadsAsync(federation);
        var slow = federation.Clients[0];
        var chunks = ChunkSplitter.Split(slow.Packed).ToList();
        var spend = slow.Spend(plan, round, model);
        using var call = slow.Rounds.UploadMaskedInput();
        await call.RequestStream.WriteAsync(Header(slow, round, spend));
        await call.RequestStream.WriteAsync(new MaskedInputPart { Chunk = chunks[0] });
        await UntilAsync(slow, round, ChunkSplitter.ChunkBytes);
        federation.Time.Advance(plan.Deadline / 4);
        var cut = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Unavailable, cut.StatusCode);
        Assert.Equal("", (await slow.UploadAsync(round, spend, chunks.Skip(1), Hash(slow))).Refusal);
        await FinishAsync(federation, model, federation.Clients.Skip(1));
    }

    [Fact]
    public async Task A_newer_connection_of_the_same_hospital_takes_over()
    {
        await using var federation = await Federation.WithStudyAsync(Draft);
        var (plan, round, model) = await UntilUploadsAsync(federation);
        var client = federation.Clients[0];
        var chunks = ChunkSplitter.Split(client.Packed).ToList();
        var spend = client.Spend(plan, round, model);
        using var old = client.Rounds.UploadMaskedInput();
        await old.RequestStream.WriteAsync(Header(client, round, spend));
        await old.RequestStream.WriteAsync(new MaskedInputPart { Chunk = chunks[0] });
        await UntilAsync(client, round, ChunkSplitter.ChunkBytes);
        Assert.Equal("", (await client.UploadAsync(round, spend, chunks.Skip(1), Hash(client))).Refusal);
        await Assert.ThrowsAsync<RpcException>(async () => await old);
        await FinishAsync(federation, model, federation.Clients.Skip(1));
    }

    // Plays the first phases; every hospital has made its masked input and sent none of it.
    private static async Task<(Studies.StudyPlan Plan, Protocol.V1.RoundId Round, Google.Protobuf.ByteString Model)>
        UntilUploadsAsync(Federation federation)
    {
        var plan = federation.Plan;
        var starts = await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
        var model = starts[0].Start.ModelHash;
        await Task.WhenAll(federation.Clients.Zip(starts).Select(p =>
            p.First.BeginAsync(plan, p.Second, federation.Input(i => (uint)(i % 3)))));
        var rosters = await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
        await Task.WhenAll(federation.Clients.Zip(rosters).Select(p => p.First.AnswerAsync(plan, p.Second, model)));
        var shares = await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
        foreach (var (client, instruction) in federation.Clients.Zip(shares))
        {
            client.HoldsUpload = true;
            await client.AnswerAsync(plan, instruction, model);
            client.HoldsUpload = false;
        }

        return (plan, starts[0].Round, model);
    }

    // The others upload, all open the sum, and it is that of the inputs.
    private static async Task FinishAsync(Federation federation, Google.Protobuf.ByteString model,
        IEnumerable<ScriptedClient> others)
    {
        foreach (var client in others)
        {
            var ack = await client.UploadAsync(client.Round!, client.Spend(federation.Plan, client.Round!, model),
                ChunkSplitter.Split(client.Packed));
            Assert.True(ack.Accepted, ack.Refusal);
        }

        for (var phase = 3; phase <= 4; phase++)
        {
            var next = await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
            var acks = await Task.WhenAll(federation.Clients.Zip(next).Select(p =>
                p.First.AnswerAsync(federation.Plan, p.Second, model)));
            Assert.All(acks, a => Assert.True(a.Accepted, a.Refusal));
        }

        var ends = await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
        Assert.True(ends[0].End.Completed, ends[0].End.Reason);
        Assert.Equal(Federation.Size, ends[0].End.Included.Count);

        // The model is the one that the sum in the clear gives: a byte added twice or not at all would be another.
        var entry = federation.Study.Rounds[0];
        var sum = federation.Input(i => (uint)(i % 3 * Federation.Size));
        var group = federation.Plan.Groups(1, entry.Attempt, entry.Model).Single();
        var context = RoundAnnouncer.Context(federation.Study.Hash, federation.Plan, 1, entry.Attempt, entry.Model,
            entry.Expiry, Convert.FromBase64String(entry.RotationSeed), group);
        var plan = new RoundPlan(federation.Study.Hash, federation.Plan, 1, entry.Attempt, group, entry.Invited,
            context, federation.Plan.Deadline);
        var completed = Assert.IsType<RoundOutcome.Completed>(entry.Outcome);
        var receipt = new AggregationReceipt(context.Id, new byte[32], completed.Included, []);
        var step = new Server.Models.ModelStep(new Server.Models.ModelStore(federation.Home.Models)).Step(
            federation.Plan, entry.Model, null, plan,
            [(plan, new RoundResult.Summed(Array.ConvertAll(sum, v => (ulong)v), receipt, new Dictionary<string, string>()))],
            Convert.FromBase64String(entry.RotationSeed));
        Assert.Equal(Assert.IsType<Server.Models.StepResult.Adopted>(step).Model, completed.Model);
    }

    private static async Task CutAsync(ScriptedClient client, Protocol.V1.RoundId round, LedgerEntry spend,
        IEnumerable<Chunk> chunks)
    {
        using var call = client.Rounds.UploadMaskedInput();
        await call.RequestStream.WriteAsync(Header(client, round, spend));
        var sent = 0ul;
        foreach (var chunk in chunks)
        {
            await call.RequestStream.WriteAsync(new MaskedInputPart { Chunk = chunk });
            sent = chunk.Offset + (ulong)chunk.Data.Length;
        }

        await UntilAsync(client, round, sent);
    }

    private static async Task<ulong> UntilAsync(ScriptedClient client, Protocol.V1.RoundId round, ulong bytes)
    {
        while (true)
        {
            var progress = await client.Rounds.AskUploadAsync(round);
            if (progress.Bytes >= bytes)
                return progress.Bytes;
        }
    }

    private static MaskedInputPart Header(ScriptedClient client, Protocol.V1.RoundId round,
        LedgerEntry spend) => new()
        {
            Header = new MaskedInputHeader
            {
                Round = round,
                Spend = ScriptedClient.Bytes(spend.ToCanonicalJson()),
                SpendSignature = ScriptedClient.Bytes(spend.Sign(client.Identity)),
                ContentHash = Hash(client),
            },
        };

    private static Google.Protobuf.ByteString Hash(ScriptedClient client) =>
        ScriptedClient.Bytes(System.Security.Cryptography.SHA256.HashData(client.Packed));
}

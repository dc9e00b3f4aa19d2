using System.Text;
using FedMeta.SecureAgg;
using FedMeta.Server.Audit;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.Tests.Harness;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Server.Tests.Rounds;

/// <summary>A study of so many hospitals that each shares with its neighbours only.</summary>
public sealed class SparseRoundTests
{
    private const int Size = 262, Threshold = 250;

    private static byte[] Draft { get; } = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Drafts.Sound(rounds: 1))
        .Replace("threshold = 4", $"threshold = {Threshold}", StringComparison.Ordinal)
        .Replace("min_peers = 5", $"min_peers = {Threshold}", StringComparison.Ordinal));

    [Fact]
    public async Task A_round_of_more_hospitals_than_a_complete_graph_has_gives_the_model_of_the_clear_sum()
    {
        await using var federation = await Federation.AmongManyAsync(Draft, Size);
        Assert.True(federation.Plan.Aggregation.Graph is { Neighbours: >= 32 and < Size });
        var gone = federation.Clients.Where((_, i) => i % 60 == 7).Select(c => c.Id).ToList();
        Assert.Equal(5, gone.Count);

        var end = await federation.PlayAsync(c => federation.Input(i => ClearModel.Entry(c.Id, i)),
            gone.ToDictionary(id => id, _ => AggregationPhase.CollectMaskedInput));
        Assert.True(end.End.Completed, end.End.Reason);
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        var entry = federation.Study.Rounds.Single();
        var completed = Assert.IsType<RoundOutcome.Completed>(entry.Outcome);
        Assert.Equal(federation.Clients.Select(c => c.Id).Except(gone).Order(StringComparer.Ordinal),
            completed.Included);
        Assert.Equal(gone.Order(StringComparer.Ordinal), completed.Excluded.Keys);
        Assert.NotEqual(federation.Plan.InitialModel, completed.Model);
        Assert.Equal(ClearModel.After(federation, entry, completed.Included, 1), completed.Model);

        ReceiptsHold(federation, entry, completed.Included);
        using var lines = federation.Lines();
        var audit = JournalAudit.Run(lines, null);
        Assert.Null(audit.Finding);
        Assert.Equal((Size, Size - gone.Count, 1), (audit.Decisions, audit.Spends, audit.Sums));
        Assert.Empty(federation.Log.Errors);
    }

    // Each has the whole list, signed by its own neighbours.
    private static void ReceiptsHold(Federation federation, RoundEntry entry, IReadOnlyList<string> included)
    {
        var context = ClearModel.Context(federation, entry, 1);
        Assert.Same(federation.Plan.MemberKeys, context.Members);
        var graph = context.Parameters.Graph!;
        foreach (var client in federation.Clients.Where(c => included.Contains(c.Id)))
        {
            var receipt = Assert.IsType<AggregationReceipt>(client.Receipt);
            Assert.Equal(included, receipt.Included);
            Assert.InRange(receipt.Signatures.Count, graph.Threshold, graph.Neighbours);
            Assert.DoesNotContain(receipt.Signatures, each => each.ClientId == client.Id);
            Assert.True(receipt.Verify(context));
            Assert.False((receipt with { Included = [.. included.Skip(1)] }).Verify(context));
        }
    }

    [Fact]
    public void A_sparse_roster_goes_onto_the_wire_with_its_count_its_root_and_every_path()
    {
        var keys = new AdvertiseKeysMessage(Of(1, 32), Of(2, 32), Of(3, 32), Of(4, 32), Of(5, 64));
        var roster = new Roster(Of(6, 32), 131_072, Of(7, 32), [new("a", keys), new("b", keys)],
            [new(1, Of(8, 17 * 32)), new(131_072, Of(9, 32))]);
        var wire = V1.Instruction.Parser.ParseFrom(
            Google.Protobuf.MessageExtensions.ToByteArray(WireMessages.Write(roster, "a"))).Roster;
        Assert.Equal(131_072u, wire.Count);
        Assert.Equal(Of(6, 32), wire.ContextHash.ToByteArray());
        Assert.Equal(Of(7, 32), wire.Root.ToByteArray());
        Assert.Equal(["a", "b"], wire.Entries.Select(each => each.ClientId));
        Assert.All(wire.Entries, each => Assert.Equal(Of(5, 64), each.Keys.Signature.ToByteArray()));
        Assert.Equal([1u, 131_072u], wire.Proofs.Select(each => each.Place));
        Assert.Equal([Of(8, 17 * 32), Of(9, 32)], wire.Proofs.Select(each => each.Path.ToByteArray()));
    }

    private static byte[] Of(byte value, int length) => [.. Enumerable.Repeat(value, length)];
}

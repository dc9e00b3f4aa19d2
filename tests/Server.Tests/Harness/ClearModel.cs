using System.Collections.Immutable;
using FedMeta.SecureAgg;
using FedMeta.Server.Models;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;

namespace FedMeta.Server.Tests.Harness;

/// <summary>The model of a round whose inputs are added in the clear: an equal hash means an exact sum.</summary>
internal static class ClearModel
{
    /// <summary>An entry of a hospital's input: of either sign, and short enough for an honest hospital.</summary>
    public static uint Entry(string client, int index) =>
        unchecked((uint)((int)(client[^1] * 2_654_435_761u + index * 40_503) / 4096));

    /// <summary>An entry of 32 bits in the study's ring.</summary>
    public static ulong Residue(uint entry, int ringBits) =>
        unchecked((ulong)(int)entry) & (ulong.MaxValue >> (64 - ringBits));

    /// <summary>The hash of the model after a round over one sum.</summary>
    public static string After(Federation federation, RoundEntry entry, IReadOnlyList<string> included, int round)
    {
        var bits = federation.Plan.Mechanism.Request.RingBits;
        var sum = new RingVector(federation.Plan.Mechanism.PaddedDimension, bits);
        foreach (var client in included)
        {
            for (var i = 0; i < sum.Length; i++)
                sum[i] = (sum[i] + Residue(Entry(client, i), bits)) & sum.Mask;
        }

        var context = Context(federation, entry, round);
        var group = federation.Plan.Groups(round, entry.Attempt, entry.Model).Single();
        var plan = new RoundPlan(federation.Study.Hash, federation.Plan, round, entry.Attempt, group, entry.Invited,
            context, federation.Plan.Deadline);
        var optimizer = federation.Study.Rounds.Where(r => r.Round < round).Select(r => r.Outcome)
            .OfType<RoundOutcome.Completed>().LastOrDefault()?.Optimizer;
        var receipt = new AggregationReceipt(context.Id, new byte[32], included, []);
        var step = new ModelStep(new ModelStore(federation.Home.Models)).Step(federation.Plan, entry.Model, optimizer,
            plan, [(plan, new RoundResult.Summed(sum.ToResidues(), receipt,
                ImmutableDictionary<string, string>.Empty))],
            Convert.FromBase64String(entry.RotationSeed));
        return Assert.IsType<StepResult.Adopted>(step).Model;
    }

    /// <summary>What the parties of a round over one sum agreed on.</summary>
    public static RoundContext Context(Federation federation, RoundEntry entry, int round) => RoundAnnouncer.Context(
        federation.Study.Hash, federation.Plan, round, entry.Attempt, entry.Model, entry.Expiry,
        Convert.FromBase64String(entry.RotationSeed),
        federation.Plan.Groups(round, entry.Attempt, entry.Model).Single());
}

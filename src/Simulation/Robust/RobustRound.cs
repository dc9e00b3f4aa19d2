using System.Collections.Immutable;
using System.Security.Cryptography;
using FedMeta.SecureAgg;
using FedMeta.Server.Rounds;
using FedMeta.Server.Studies;
using FedMeta.Simulation.Rounds;

namespace FedMeta.Simulation.Robust;

/// <summary>One round in this process: the states of both sides of secure aggregation, one sum or one for each group
/// that the round draws; only the messages are handed over as objects.</summary>
internal sealed class RobustRound(StudyPlan plan, IReadOnlyDictionary<string, RobustMember> members,
    RandomNumberGenerator random, DateTimeOffset now)
{
    /// <summary>Plays it.</summary>
    /// <param name="round">From 1.</param>
    /// <param name="model">Hash of the model that it starts from.</param>
    /// <param name="rotationSeed">32 bytes.</param>
    /// <param name="input">The residues of a hospital.</param>
    public IReadOnlyList<(RoundPlan Plan, RoundResult.Summed Result)> Play(int round, string model, byte[] rotationSeed,
        Func<RobustMember, ulong[]> input)
    {
        var study = plan.Document.Hash.ToString();
        var expiry = now.AddDays(1).ToUnixTimeSeconds();
        return [.. plan.Groups(round, 1, model).Select(group =>
        {
            var context = RoundAnnouncer.Context(study, plan, round, 1, model, expiry, rotationSeed, group);
            var sum = new RoundPlan(study, plan, round, 1, group, group.Members, context, plan.Deadline);
            return (sum, Sum(context, group.Members, input));
        })];
    }

    private RoundResult.Summed Sum(RoundContext context, IReadOnlyList<string> ids, Func<RobustMember, ulong[]> input)
    {
        var completed = PlayedSum.Play(context, ids, id => members[id].Identity,
            id => RingVector.From(input(members[id]), context.Parameters.Vectors[0].RingBits), random, now);
        return new RoundResult.Summed(completed.Sum[0].ToResidues(), completed.Receipt,
            ImmutableDictionary<string, string>.Empty);
    }
}

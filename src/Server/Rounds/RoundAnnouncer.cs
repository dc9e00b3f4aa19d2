using System.Security.Cryptography;
using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;
using Google.Protobuf;
using AttemptId = FedMeta.SecureAgg.RoundId;

namespace FedMeta.Server.Rounds;

/// <summary>Fixes the facts of an attempt and puts them on record before anyone hears of it.</summary>
internal sealed class RoundAnnouncer(FactJournal journal, TimeProvider time, RandomNumberGenerator random)
{
    // Every phase may take the whole deadline; clocks may differ by a few minutes.
    private const int PhasesAndOne = 6;
    private static readonly TimeSpan ClockAllowance = TimeSpan.FromMinutes(10);

    /// <summary>Announces the attempt that follows in the study; null if it was paused or stopped in the
    /// meantime.</summary>
    public (IReadOnlyList<RoundPlan> Sums, RoundStart Start)? Announce(StudyEntry study, StudyPlan plan, string model,
        IReadOnlyList<string> invited)
    {
        var (round, attempt) = study.Rounds switch
        {
            [] => (1, 1),
            [.., { Outcome: RoundOutcome.Opened } last] => (last.Round + 1, 1),
            [.., var last] => (last.Round, last.Attempt + 1),
        };
        var seed = new byte[32];
        random.GetBytes(seed);
        var expiry = (time.GetUtcNow() + PhasesAndOne * plan.Deadline + ClockAllowance).ToUnixTimeSeconds();
        var announced = journal.TryRecord(FactJournal.ServerActor,
            now => now.Studies[study.Hash] is { Standing: StudyStanding.Running, StopRequested: false }
                ? new RoundStarted(study.Hash, round, attempt, model, Convert.ToBase64String(seed), expiry, invited)
                : null);
        if (!announced)
            return null;
        var sums = plan.Groups(round, attempt, model).Select(group => new RoundPlan(study.Hash, plan, round, attempt,
            group, [.. invited.Where(group.Members.Contains)],
            Context(study.Hash, plan, round, attempt, model, expiry, seed, group), plan.Deadline)).ToList();
        var start = new RoundStart
        {
            ModelHash = ByteString.CopyFrom(Convert.FromHexString(model)),
            Expiry = expiry,
            RotationSeed = ByteString.CopyFrom(seed),
        };
        return (sums, start);
    }

    /// <summary>The context of one sum as every party builds it from the approved document and the
    /// announcement.</summary>
    public static RoundContext Context(string study, StudyPlan plan, int round, int attempt, string model,
        long expiry, ReadOnlySpan<byte> rotationSeed, RoundGroup group) => new()
        {
            Study = plan.Terms.Name,
            Id = new AttemptId(round, attempt),
            PlanHash = Convert.FromHexString(study),
            ModelHash = Convert.FromHexString(model),
            Parameters = plan.Aggregation,
            NoiseTerms = plan.Mechanism.RoundTerms(rotationSeed),
            Expiry = DateTimeOffset.FromUnixTimeSeconds(expiry),
            Group = group.Number,
            Members = plan.KeysOf(group),
        };
}

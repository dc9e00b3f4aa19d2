using FedMeta.Client.Budget;
using FedMeta.Client.Ledger;
using FedMeta.Client.Studies;
using FedMeta.Privacy;
using FedMeta.Protocol;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Agent;

/// <summary>
/// The gate to a round: everything that this hospital checks from its own journal, policy and clock before it reserves
/// budget. A server that insists changes nothing.
/// </summary>
internal sealed class RoundEntry(
    HospitalJournal journal, HospitalBudget budget, IApprovedStudies studies, string clientId, TimeProvider time)
{
    // Five phases of one deadline each, and room for training and clocks: a round that would stay open for longer was
    // made by a broken clock, or to be answered when nobody looks.
    private const int DeadlinesPerRound = 8;
    private static readonly TimeSpan ClockAllowance = TimeSpan.FromHours(1);

    /// <summary>Begins an attempt, its reserve on disk; or says why not.</summary>
    /// <param name="round">The round as the server names it.</param>
    /// <param name="start">Its particulars.</param>
    /// <param name="session">The attempt when the answer is null.</param>
    /// <param name="lastUsed">The greatest attempt that had been begun before this one.</param>
    public RoundRejection? TryEnter(
        V1.RoundId round, V1.RoundStart start, out RoundSession? session, out (uint Round, uint Attempt) lastUsed)
    {
        session = null;
        lastUsed = default;
        if (!Sha256Digest.TryFrom(round.StudyHash.Span, out var hash))
            return new(RoundRefusal.BadMessage, "the study's hash is not 32 bytes");
        if (studies.Find(hash.ToString(), out var approved) is { } notApproved) return notApproved;
        if (CheckStart(round, start, approved!) is { } bad) return bad;
        var study = approved!.Study;
        var cost = budget.CostOf(study, round.Round, round.Attempt, approved.Limits);
        lastUsed = journal.Ask(state => state.Latest(study.Hash));
        var seed = Training.TaskSeed.Of(
            study.Hash, clientId, study.Demands.Unit, round.Round, round.Attempt);
        var model = new Sha256Digest(start.ModelHash.Span);

        // A process that died right after an approval left it without its grant, behind which every entry stands.
        budget.Grant(hash, study.Ledger, study.InitialModel);
        var outcome = budget.Reserve(cost, study.Ledger, approved.Limits, model, seed);
        if (outcome != ReserveOutcome.Reserved) return Explain(outcome, approved);
        session = new RoundSession(approved, round, cost, start);
        return null;
    }

    /// <summary>The studies at which an attempt may begin, as journal and policy say now.</summary>
    public IReadOnlyList<VerifiedStudy> Approved() =>
    [
        .. journal.Ask(state => state.Decisions
                .Where(each => state.Model(each.Study) is not { Final: true })
                .Select(each => each.Study).ToList())
            .Select(hash => studies.Find(hash, out var approved) is null ? approved!.Study : null)
            .OfType<VerifiedStudy>(),
    ];

    private RoundRejection? CheckStart(V1.RoundId round, V1.RoundStart start, ApprovedStudy approved)
    {
        var now = time.GetUtcNow();
        if (start.ModelHash.Length != Sha256Digest.Length || start.RotationSeed.Length != 32)
            return new(RoundRefusal.BadMessage, "the model's hash or the rotation seed is not 32 bytes");
        if (round.Round == 0 || round.Round > approved.Study.Rounds || round.Attempt is 0 or > int.MaxValue)
            return new(RoundRefusal.UnknownRound, $"the study has rounds 1 to {approved.Study.Rounds}");
        if (start.Expiry <= now.ToUnixTimeSeconds())
            return new(RoundRefusal.BadMessage, "the round has expired by this hospital's clock");
        if (start.Expiry > (now + (DeadlinesPerRound * approved.Study.Deadline) + ClockAllowance).ToUnixTimeSeconds())
            return new(RoundRefusal.BadMessage, "the round would stay open for longer than its phases take");
        return studies.Policy.Hours is { } hours && !hours.Contains(TimeOnly.FromDateTime(time.GetLocalNow().DateTime))
            ? new(RoundRefusal.OutsideHours, $"this hospital trains from {hours} only")
            : null;
    }

    private static RoundRejection Explain(ReserveOutcome outcome, ApprovedStudy approved) => outcome switch
    {
        ReserveOutcome.NotApproved => new(RoundRefusal.NotApproved, "this hospital has not approved the study"),
        ReserveOutcome.StudyClosed => new(RoundRefusal.UnknownRound, "the study is over by this hospital's ledger"),
        ReserveOutcome.RoundUsed => new(RoundRefusal.RoundUsed, "this attempt or a later one was begun here before"),
        ReserveOutcome.StudyExhausted => new(RoundRefusal.StudyBudgetExhausted,
            $"another round would exceed what this hospital grants '{approved.Study.Name}'"),
        _ => new(RoundRefusal.TotalBudgetExhausted,
            "another round would exceed this hospital's budget over all studies"),
    };
}

using FedMeta.Privacy;
using FedMeta.Server.State;
using static FedMeta.Server.Reports.Privacy.PrivacyReport;
using Computed = FedMeta.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy;

/// <summary>Hands the journal's facts to the accountant's report and takes its claims and sentences over.</summary>
internal static class PrivacyClaims
{
    /// <summary>What the ledger proves about a study.</summary>
    public static Computed Compute(StudyEntry study, MechanismPlan plan) =>
        Computed.Of(new PrivacyFacts(study.Name, plan, [.. study.Rounds.Select(r => Fact(r, plan))]));

    /// <summary>The claims, worst case first.</summary>
    public static IReadOnlyList<Claim> Of(Computed computed) => [.. computed.Claims.Select(c => new Claim(
        c.Colluders == 0 ? "the coordinator, and everything published"
            : $"the coordinator with any {c.Colluders} of the other hospitals",
        PrivacyNames.Of(c.Unit),
        PrivacyNames.Of(c.Adjacency),
        c.Basis == ClaimBasis.WorstCase ? "worst case (the budget counts this)"
            : "with the hospitals that really took part",
        c.Rho.ToString(),
        c.Mu,
        [.. c.Epsilons.Select(e => new CurvePoint(e.Delta, e.Epsilon))],
        c.TestPower,
        c.Method))];

    /// <summary>The sentences, one entry for each language.</summary>
    public static IReadOnlyList<TextPart> Texts(Computed computed) =>
        [.. computed.Texts.Select(t => new TextPart(t.Language, t.Meaning, t.Assumptions, t.NotProtected))];

    // Every client that announced an input has charged its budget, whether or not the sum was opened.
    // One is in one sum of a round, and nobody asks which: the smallest counts for all. What a group without a sum has
    // sent is counted as in the worst case.
    private static RoundFact Fact(RoundEntry round, MechanismPlan plan) => round.Outcome switch
    {
        RoundOutcome.Opened o => new RoundFact(round.Round, round.Attempt, RoundFate.Completed,
            round.DroppedGroups.IsEmpty ? round.SmallestSum : plan.Request.Threshold, o.Checks.NearWrap),
        _ => new RoundFact(round.Round, round.Attempt, round.Inputs.Count > 0 ? RoundFate.Aborted
            : RoundFate.AbortedUnsent, null, false),
    };
}

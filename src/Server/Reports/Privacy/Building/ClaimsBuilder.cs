using FedMeta.Privacy;
using FedMeta.SecureAgg;
using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using Computed = FedMeta.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>Hands the journal's facts to the accountants and takes their claims over.</summary>
internal static class ClaimsBuilder
{
    /// <summary>What the ledger proves about a study.</summary>
    public static Computed Compute(StudyEntry study, StudyPlan plan, int deviations) => Computed.Of(new PrivacyFacts(
        study.Name,
        plan.Mechanism,
        [.. study.Rounds.Select(r => Fact(r, plan.Mechanism))],
        Reach(plan.Aggregation),
        plan.Members.Count,
        PatientsAtLeast(study, plan),
        study.IsOver,
        deviations));

    /// <summary>Section 2.</summary>
    public static ClaimsSection Of(Computed computed) => new(
        Headline(computed),
        Rule(computed),
        [.. computed.Claims.Select(claims => Unit(claims, computed.Facts.Plan.Request.Contribution))],
        ClaimWords.Notes(computed));

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

    // On the complete graph 2t > n + c against a coordinator that lies, c < t against one that does not
    // (docs/proofs/secure-aggregation.md); a sparse graph was sized for the assumed colluders and the latter alone.
    private static AggregationReach Reach(AggregationParameters parameters)
    {
        var (n, t) = (parameters.MaxClients, parameters.Threshold);
        return parameters.Graph is null
            ? new AggregationReach((2 * t) - n - 1, t - 1)
            : new AggregationReach(-1, parameters.Colluders);
    }

    // Whoever is in a sum has at least the least rows, and a row is a patient.
    private static long PatientsAtLeast(StudyEntry study, StudyPlan plan)
    {
        var seen = study.Rounds.Select(r => r.Outcome).OfType<RoundOutcome.Opened>().SelectMany(o => o.Included)
            .Distinct().Count();
        return (long)Math.Max(seen, plan.Aggregation.Threshold) * plan.Terms.Data.MinRows;
    }

    private static ClaimsSection.HeadlinePart Headline(Computed computed)
    {
        var (request, forecast) = (computed.Facts.Plan.Request, computed.Forecast);
        return new ClaimsSection.HeadlinePart(
            forecast.Charged <= forecast.Granted,
            PrivacyNames.Of(request.Unit),
            PrivacyNames.Of(computed.Facts.Plan.Adjacency),
            ClaimWords.Adversary(AdversaryKind.Coordinator, request.Colluders),
            computed.Meaning?.Epsilon,
            request.Epsilon,
            request.Delta,
            computed.Summaries[0].Verdict);
    }

    private static ClaimsSection.DeltaPart Rule(Computed computed)
    {
        var (rule, delta) = (computed.DeltaRule, computed.Facts.Plan.Request.Delta);
        return new ClaimsSection.DeltaPart(rule.PatientsAtLeast, rule.LargestDelta, DeltaRule.MostPatients(delta),
            ClaimWords.Rule(rule, delta));
    }

    private static ClaimsSection.Unit Unit(UnitClaims claims, ContributionKind contribution) => new(
        PrivacyNames.Of(claims.Unit),
        PrivacyNames.Of(claims.Adjacency),
        claims.Factor,
        claims.IsSampled,
        claims.Method,
        claims.UsualMethod,
        claims.Rows.Count == 0 ? ClaimWords.NoClaim(claims.Unit, contribution) : "",
        [.. claims.Rows.Select(Row)]);

    private static ClaimsSection.Row Row(AdversaryClaim claim) => new(
        ClaimWords.Name(claim.Kind),
        claim.Colluders,
        ClaimWords.Adversary(claim.Kind, claim.Colluders),
        ClaimWords.Trust(claim.Trust),
        Figures(claim.WorstCase),
        Figures(claim.Realised),
        [.. claim.Curve.Select(Point)]);

    private static ClaimsSection.Figures Figures(ClaimFigures figures) => new(
        figures.LeastShares,
        figures.Rho?.ToString(),
        figures.Mu,
        figures.Log10TauD,
        figures.TestPower,
        [.. figures.Epsilons.Select(Point)]);

    private static ClaimsSection.Point Point(EpsilonAtDelta at) => new(at.Delta, at.Epsilon, at.Usual);
}

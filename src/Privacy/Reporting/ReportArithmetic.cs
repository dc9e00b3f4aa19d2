namespace FedMeta.Privacy;

/// <summary>From facts to a report; see <see cref="PrivacyReport"/>.</summary>
internal static class ReportArithmetic
{
    private const string Enforced = "zCDP: discrete Gaussian shares (Canonne, Kamath, Steinke 2020; Kairouz, Liu, "
        + "Steinke 2021, theorem 1), rho adds over rounds, conversion by proposition 12 of the former";

    private const string Usual = "exact curve of continuous Gaussian noise with mu = sqrt(2 rho) (Balle, Wang 2018)";

    private const string EnforcedSampled = "Renyi divergence at the study's fixed order: secret Poisson samples of "
        + "symmetric noise (docs/proofs/patient-sampling.md), costs add over rounds, conversion by Canonne, Kamath, "
        + "Steinke 2020, proposition 12";

    private const string UsualSampled = "privacy loss distribution of the sampled Gaussian, grid 1e-3";

    private const string EnforcedReplaced = "two steps of zero-out by the group property, or the rounds as if nothing "
        + "were sampled, whichever is less";

    // Every number of colluders up to here has a row; beyond, each doubling and the last.
    private const int EveryColluderUpTo = 8;

    public static PrivacyReport Of(PrivacyFacts facts)
    {
        Check(facts);
        var plan = facts.Plan;
        var charged = facts.Rounds.Where(fact => fact.Fate != RoundFate.AbortedUnsent).ToList();
        var completed = charged.Where(fact => fact.Fate == RoundFate.Completed).ToList();
        var rule = new DeltaRule(facts.PatientsAtLeast);
        var accountant = new ClaimAccountant(plan, charged, rule);
        return new PrivacyReport(() => Claims(facts, accountant))
        {
            Facts = facts,
            AfterEachRound = AfterEachRound(plan, charged, accountant),
            Forecast = Forecast(plan, charged.Count),
            DeltaRule = rule,
            CompletedRounds = completed.Count,
            ChargedAborts = charged.Count - completed.Count,
            NearWraps = completed.Count(fact => fact.NearWrap),
            FewestSurvivors = completed.Min(fact => fact.Survivors),
        };
    }

    private static List<UnitClaims> Claims(PrivacyFacts facts, ClaimAccountant accountant)
    {
        var request = facts.Plan.Request;
        PrivacyUnit[] units = [request.Unit, .. Enum.GetValues<PrivacyUnit>().Where(unit => unit != request.Unit)];
        return [.. from unit in units
                   from adjacency in Enum.GetValues<Adjacency>()
                   select Claims(facts, accountant, unit, adjacency)];
    }

    private static UnitClaims Claims(
        PrivacyFacts facts, ClaimAccountant accountant, PrivacyUnit unit, Adjacency adjacency)
    {
        if (Factor(facts.Plan, unit, adjacency) is not { } factor)
            return new UnitClaims(unit, adjacency, null, false, "", "", []);
        var rows = Adversaries(facts)
            .Select(a => accountant.Row(unit, adjacency, factor, a.Kind, a.Colluders, a.Trust));
        if (!accountant.CountsSampling(unit))
            return new UnitClaims(unit, adjacency, factor, false, Enforced, Usual, [.. rows]);
        return adjacency == Adjacency.ZeroOut
            ? new UnitClaims(unit, adjacency, factor, true, EnforcedSampled, UsualSampled, [.. rows])
            : new UnitClaims(unit, adjacency, factor, true, EnforcedReplaced, "not computed", [.. rows]);
    }

    private static IEnumerable<(AdversaryKind Kind, int Colluders, AggregationTrust Trust)> Adversaries(
        PrivacyFacts facts)
    {
        var reach = facts.Reach;
        AggregationTrust Trust(int colluders) => colluders <= reach.AgainstLies
            ? AggregationTrust.CoordinatorMayLie : AggregationTrust.CoordinatorKeepsToProtocol;
        yield return (AdversaryKind.Public, 0, Trust(0));
        yield return (AdversaryKind.Peer, 1, Trust(1));
        foreach (var colluders in Colluders(facts.Plan.Request, reach))
            yield return (AdversaryKind.Coordinator, colluders, Trust(colluders));
        yield return (AdversaryKind.AllOthers, facts.Hospitals - 1, AggregationTrust.NotNeeded);
    }

    /// <summary>As many as secure aggregation withstands and as leave one unknown share.</summary>
    private static SortedSet<int> Colluders(MechanismRequest request, AggregationReach reach)
    {
        var most = Math.Max(request.Colluders, Math.Min(reach.InProtocol, request.Threshold - 1));
        SortedSet<int> counts = [request.Colluders, most];
        for (var each = 0; each <= most; each = each < EveryColluderUpTo ? each + 1 : each * 2)
            counts.Add(each);
        return counts;
    }

    private static List<RoundEpsilon> AfterEachRound(
        MechanismPlan plan, IEnumerable<RoundFact> charged, ClaimAccountant accountant)
    {
        var request = plan.Request;
        var factor = Factor(plan, request.Unit, plan.Adjacency)!.Value;
        var rows = new List<RoundEpsilon>();
        var (worst, realised) = (Rho.Zero, Rho.Zero);
        foreach (var fact in charged)
        {
            worst += plan.PerRound;
            realised += accountant.Realised(factor, request.Colluders, fact);
            rows.Add(new RoundEpsilon(
                fact.Round,
                fact.Attempt,
                worst,
                Epsilon(plan, worst),
                Epsilon(plan, realised)));
        }

        return rows;
    }

    private static BudgetForecast Forecast(MechanismPlan plan, int attempts)
    {
        var charged = plan.PerRound.Times(attempts);
        var remaining = plan.Total.Less(charged);
        var left = (long)(remaining.Units / plan.PerRound.Units);
        var atEnd = charged + Rho.FromUnits(plan.PerRound.Units * left);
        return new BudgetForecast(
            plan.Total, charged, remaining, left, Epsilon(plan, atEnd));
    }

    private static double Epsilon(MechanismPlan plan, Rho cost) =>
        cost == Rho.Zero ? 0 : plan.Epsilon(cost, plan.Request.Delta);

    private static int? Factor(MechanismPlan plan, PrivacyUnit unit, Adjacency adjacency)
    {
        // Tasks that are cut anew in each round are no fixed groups: noise for one task hides none of them over rounds.
        var request = plan.Request;
        return unit == PrivacyUnit.Task && request.Unit != unit && request.Contribution == ContributionKind.TaskGradient
            ? null
            : Sensitivity.Factor(unit, request.Contribution, request.TasksPerPatient, request.MaxContributionsPerClient,
                adjacency);
    }

    private static void Check(PrivacyFacts facts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(facts.PatientsAtLeast, 1);
        var request = facts.Plan.Request;
        foreach (var fact in facts.Rounds)
        {
            var sound = fact.Fate == RoundFate.Completed
                ? fact.Survivors >= request.Threshold && fact.Survivors <= request.MaxClients
                : fact.Survivors is null && !fact.NearWrap;
            if (!sound) throw new ArgumentException($"round {fact.Round} contradicts the plan", nameof(facts));
        }
    }
}

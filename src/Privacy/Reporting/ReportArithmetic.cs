namespace FedMeta.Privacy;

/// <summary>From facts to a report; see <see cref="PrivacyReport"/>.</summary>
internal static class ReportArithmetic
{
    private const double FalsePositiveRate = 0.01;

    public static PrivacyReport Of(PrivacyFacts facts)
    {
        Check(facts);
        var plan = facts.Plan;
        var charged = facts.Rounds.Where(fact => fact.Fate != RoundFate.AbortedUnsent).ToList();
        var completed = charged.Where(fact => fact.Fate == RoundFate.Completed).ToList();
        var claims = Claims(plan, charged);
        var forecast = Forecast(plan, charged.Count);
        return new PrivacyReport
        {
            Study = facts.Study,
            MechanismTerms = plan.Terms,
            NoiseMultiplier = plan.NoiseMultiplier,
            Log10Tau = plan.Log10Tau,
            Claims = claims,
            AfterEachRound = AfterEachRound(plan, charged),
            Curve = [.. Enumerable.Range(3, 10).Select(power => At(claims[0].Rho, Math.Pow(10, -power)))],
            Forecast = forecast,
            CompletedRounds = completed.Count,
            ChargedAborts = charged.Count - completed.Count,
            NearWraps = completed.Count(fact => fact.NearWrap),
            FewestSurvivors = completed.Min(fact => fact.Survivors),
            Texts = [EnglishReport.Of(plan, claims, forecast), KoreanReport.Of(plan, claims, forecast)],
        };
    }

    private static List<PrivacyClaim> Claims(MechanismPlan plan, IReadOnlyList<RoundFact> charged)
    {
        var request = plan.Request;
        var claims = new List<PrivacyClaim>();
        PrivacyUnit[] units = [request.Unit, .. Enum.GetValues<PrivacyUnit>().Where(unit => unit != request.Unit)];
        foreach (var unit in units)
        {
            if (Factor(plan, unit) is not { } factor) continue;
            claims.Add(Claim(plan, unit, factor, charged, request.Colluders, ClaimBasis.WorstCase));
            for (var colluders = 0; colluders <= request.Colluders; colluders++)
                claims.Add(Claim(plan, unit, factor, charged, colluders, ClaimBasis.Realised));
        }

        return claims;
    }

    private static PrivacyClaim Claim(
        MechanismPlan plan,
        PrivacyUnit unit,
        int factor,
        IEnumerable<RoundFact> charged,
        int colluders,
        ClaimBasis basis)
    {
        var rho = charged.Aggregate(Rho.Zero, (sum, fact) => sum + Cost(plan, unit, factor, fact, colluders, basis));
        var mu = Math.Sqrt(2 * rho.ToDouble());
        var delta = plan.Request.Delta;
        return new PrivacyClaim(
            unit,
            plan.Adjacency,
            colluders,
            basis,
            rho,
            mu,
            [At(rho, delta), At(rho, delta / 10), At(rho, delta / 100)],
            Gaussian.TestPower(mu, FalsePositiveRate),
            "distributed discrete Gaussian (Kairouz, Liu, Steinke 2021), zCDP composition and conversion "
                + "(Canonne, Kamath, Steinke 2020)");
    }

    private static Rho Cost(
        MechanismPlan plan, PrivacyUnit unit, int factor, RoundFact fact, int colluders, ClaimBasis basis)
    {
        // The worst case of the study's own unit is what its budget was charged.
        if (basis == ClaimBasis.WorstCase && unit == plan.Request.Unit) return plan.PerRound;
        var threshold = plan.Request.Threshold;
        var survivors = basis == ClaimBasis.Realised ? fact.Survivors ?? threshold : threshold;
        var squared = plan.NormBoundSquared * factor * factor;
        return MechanismArithmetic.Cost(squared, survivors - colluders, plan.LocalVariance);
    }

    private static List<RoundEpsilon> AfterEachRound(MechanismPlan plan, IEnumerable<RoundFact> charged)
    {
        var request = plan.Request;
        var factor = Factor(plan, request.Unit)!.Value;
        var rows = new List<RoundEpsilon>();
        var (worst, realised) = (Rho.Zero, Rho.Zero);
        foreach (var fact in charged)
        {
            worst += plan.PerRound;
            realised += Cost(plan, request.Unit, factor, fact, request.Colluders, ClaimBasis.Realised);
            rows.Add(new RoundEpsilon(
                fact.Round,
                fact.Attempt,
                worst,
                ZeroConcentratedDp.Epsilon(worst.ToDouble(), request.Delta),
                ZeroConcentratedDp.Epsilon(realised.ToDouble(), request.Delta)));
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
            plan.Total, charged, remaining, left, ZeroConcentratedDp.Epsilon(atEnd.ToDouble(), plan.Request.Delta));
    }

    private static EpsilonAtDelta At(Rho rho, double delta)
    {
        var value = rho.ToDouble();
        return new EpsilonAtDelta(
            delta, ZeroConcentratedDp.Epsilon(value, delta), Gaussian.Epsilon(Math.Sqrt(2 * value), delta));
    }

    private static int? Factor(MechanismPlan plan, PrivacyUnit unit) => Sensitivity.Factor(
        unit, plan.Request.Contribution, plan.Request.TasksPerPatient, plan.Request.MaxContributionsPerClient);

    private static void Check(PrivacyFacts facts)
    {
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

namespace FedMeta.Privacy;

/// <summary>
/// The cost of all charged attempts for one unit and one adversary. Without sampling the sum of h unknown shares is
/// rho-zCDP with rho = k^2 B^2/(2 h s^2) and a little for tau (docs/proofs/noise-shares.md), and rho adds.
/// </summary>
internal sealed class ClaimAccountant(MechanismPlan plan, IReadOnlyList<RoundFact> charged, DeltaRule rule)
{
    /// <summary>Absent units in a hundred that a test may accuse.</summary>
    public const double FalsePositiveRate = 0.01;

    // Attempts by the clients in their smallest sum; one that gave no sum counts as if the fewest had survived.
    private readonly SortedDictionary<int, int> _realised = new(charged
        .GroupBy(fact => fact.Survivors ?? plan.Request.Threshold).ToDictionary(g => g.Key, g => g.Count()));

    private readonly SortedDictionary<int, int> _worst = new(charged.Count == 0
        ? new Dictionary<int, int>() : new Dictionary<int, int> { [plan.Request.Threshold] = charged.Count });

    /// <summary>The row of one adversary.</summary>
    public AdversaryClaim Row(
        PrivacyUnit unit, Adjacency adjacency, int factor, AdversaryKind kind, int colluders, AggregationTrust trust)
    {
        // What the budget was charged is the claim that it enforces, to the last unit.
        var isBudget = unit == plan.Request.Unit && adjacency == plan.Adjacency
            && kind == AdversaryKind.Coordinator && colluders == plan.Request.Colluders;
        var worst = isBudget ? plan.PerRound.Times(charged.Count) : Sum(_worst, factor, kind, colluders);
        return new AdversaryClaim(
            kind,
            colluders,
            trust,
            Figures(unit, worst, LeastShares(_worst, kind, colluders)),
            Figures(unit, Sum(_realised, factor, kind, colluders), LeastShares(_realised, kind, colluders)),
            [.. Enumerable.Range(3, 10).Select(power => At(unit, worst, Math.Pow(10, -power)))]);
    }

    /// <summary>What one attempt costs with the clients that survived.</summary>
    public Rho Realised(int factor, int colluders, RoundFact fact) =>
        Cost(factor, (fact.Survivors ?? plan.Request.Threshold) - colluders);

    /// <summary>Epsilon of a cost of the study's own unit.</summary>
    public static double Epsilon(Rho rho, double delta) =>
        rho == Rho.Zero ? 0 : ZeroConcentratedDp.Epsilon(rho.ToDouble(), delta);

    private Rho Sum(SortedDictionary<int, int> attempts, int factor, AdversaryKind kind, int colluders) =>
        attempts.Aggregate(Rho.Zero, (sum, each) =>
            sum + Cost(factor, Shares(each.Key, kind, colluders)).Times(each.Value));

    private Rho Cost(int factor, int shares) =>
        MechanismArithmetic.Cost(plan.NormBoundSquared * factor * factor, shares, plan.LocalVariance);

    private int LeastShares(SortedDictionary<int, int> attempts, AdversaryKind kind, int colluders) =>
        Shares(attempts.Count == 0 ? plan.Request.Threshold : attempts.Keys.First(), kind, colluders);

    private static int Shares(int survivors, AdversaryKind kind, int colluders) =>
        kind == AdversaryKind.AllOthers ? 1 : survivors - colluders;

    private ClaimFigures Figures(PrivacyUnit unit, Rho rho, int shares)
    {
        var mu = Math.Sqrt(2 * rho.ToDouble());
        var delta = plan.Request.Delta;
        return new ClaimFigures(
            shares,
            rho,
            mu,
            Log10TauD(shares),
            [At(unit, rho, delta), At(unit, rho, delta / 10), At(unit, rho, delta / 100)],
            Gaussian.TestPower(mu, FalsePositiveRate));
    }

    private EpsilonAtDelta At(PrivacyUnit unit, Rho rho, double delta) => rule.Allows(unit, delta)
        ? new EpsilonAtDelta(delta, Epsilon(rho, delta), Gaussian.Epsilon(Math.Sqrt(2 * rho.ToDouble()), delta))
        : new EpsilonAtDelta(delta, null, null);

    private double? Log10TauD(int shares) => shares == 1
        ? null
        : (DistributedDiscreteGaussian.LogTau(shares, (double)plan.LocalVariance) / Math.Log(10))
            + Math.Log10(plan.PaddedDimension);
}

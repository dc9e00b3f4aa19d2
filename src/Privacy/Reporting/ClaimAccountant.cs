namespace FedMeta.Privacy;

/// <summary>
/// The cost of all charged attempts for one unit and one adversary. Without sampling the sum of h unknown shares is
/// rho-zCDP with rho = k^2 B^2/(2 h s^2) and a little for tau (docs/proofs/noise-shares.md), and rho adds. A patient
/// of a sampled study: <see cref="SampledClaims"/>.
/// </summary>
internal sealed class ClaimAccountant
{
    /// <summary>Absent units in a hundred that a test may accuse.</summary>
    public const double FalsePositiveRate = 0.01;

    private readonly MechanismPlan _plan;
    private readonly DeltaRule _rule;
    private readonly int _charged;
    private readonly SampledClaims? _sampled;

    // Attempts by the clients in their smallest sum; one that gave no sum counts as if the fewest had survived.
    private readonly SortedDictionary<int, int> _realised, _worst;

    public ClaimAccountant(MechanismPlan plan, IReadOnlyList<RoundFact> charged, DeltaRule rule)
    {
        (_plan, _rule, _charged) = (plan, rule, charged.Count);
        _realised = new(charged.GroupBy(fact => fact.Survivors ?? plan.Request.Threshold)
            .ToDictionary(g => g.Key, g => g.Count()));
        _worst = charged.Count == 0 ? [] : new() { [plan.Request.Threshold] = charged.Count };
        _sampled = plan.Order is { } order ? new SampledClaims(plan, order) : null;
    }

    /// <summary>The row of one adversary.</summary>
    public AdversaryClaim Row(
        PrivacyUnit unit, Adjacency adjacency, int factor, AdversaryKind kind, int colluders, AggregationTrust trust)
    {
        // What the budget was charged is the claim that it enforces, to the last unit.
        var isBudget = unit == _plan.Request.Unit && adjacency == _plan.Adjacency
            && kind == AdversaryKind.Coordinator && colluders == _plan.Request.Colluders;
        var loss = Loss(unit, adjacency, factor, Shares(_worst, kind, colluders), isBudget);
        return new AdversaryClaim(
            kind,
            colluders,
            trust,
            Figures(unit, loss, Least(_worst, kind, colluders), true),
            Figures(
                unit,
                Loss(unit, adjacency, factor, Shares(_realised, kind, colluders), false),
                Least(_realised, kind, colluders),
                !CountsSampling(unit)),
            [.. Enumerable.Range(3, 10).Select(power =>
                At(unit, loss, Math.Pow(10, -power), isBudget || !CountsSampling(unit)))]);
    }

    /// <summary>Whether secret sampling counts in favour of a unit.</summary>
    public bool CountsSampling(PrivacyUnit unit) => _sampled is not null && unit == PrivacyUnit.Patient;

    /// <summary>What one attempt costs the study's own unit with the clients that survived, in the budget's
    /// units.</summary>
    public Rho Realised(int factor, int colluders, RoundFact fact)
    {
        var shares = (fact.Survivors ?? _plan.Request.Threshold) - colluders;
        return _sampled?.Cost(shares) ?? Whole(_plan, factor, shares);
    }

    /// <summary>rho of one attempt without sampling.</summary>
    public static Rho Whole(MechanismPlan plan, int factor, int shares) =>
        MechanismArithmetic.Cost(plan.NormBoundSquared * factor * factor, shares, plan.LocalVariance);

    private ILossBound Loss(
        PrivacyUnit unit, Adjacency adjacency, int factor, SortedDictionary<int, int> shares, bool isBudget)
    {
        if (CountsSampling(unit)) return _sampled!.Bound(adjacency, shares);
        var rho = isBudget ? _plan.PerRound.Times(_charged) : shares.Aggregate(Rho.Zero, (sum, each) =>
            sum + Whole(_plan, factor, each.Key).Times(each.Value));
        return new GaussianLoss(rho);
    }

    /// <summary>Attempts by the shares that the adversary does not know.</summary>
    private static SortedDictionary<int, int> Shares(
        SortedDictionary<int, int> attempts, AdversaryKind kind, int colluders) =>
        kind != AdversaryKind.AllOthers
            ? new(attempts.ToDictionary(each => each.Key - colluders, each => each.Value))
            : attempts.Count == 0 ? [] : new() { [1] = attempts.Values.Sum() };

    private int Least(SortedDictionary<int, int> attempts, AdversaryKind kind, int colluders)
    {
        if (kind == AdversaryKind.AllOthers) return 1;
        return (attempts.Count == 0 ? _plan.Request.Threshold : attempts.Keys.First()) - colluders;
    }

    private ClaimFigures Figures(PrivacyUnit unit, ILossBound loss, int shares, bool usual)
    {
        var delta = _plan.Request.Delta;
        return new ClaimFigures(
            shares,
            loss.Rho,
            loss.Mu,
            Log10TauD(shares),
            [.. new[] { delta, delta / 10, delta / 100 }.Select(each => At(unit, loss, each, usual))],
            loss.TestPower(FalsePositiveRate));
    }

    // A distribution of losses takes long: it is computed where a page shows it.
    private EpsilonAtDelta At(PrivacyUnit unit, ILossBound loss, double delta, bool usual) => _rule.Allows(unit, delta)
        ? new EpsilonAtDelta(delta, loss.Epsilon(delta), usual ? loss.Usual(delta) : null)
        : new EpsilonAtDelta(delta, null, null);

    private double? Log10TauD(int shares) => shares == 1
        ? null
        : (DistributedDiscreteGaussian.LogTau(shares, (double)_plan.LocalVariance) / Math.Log(10))
            + Math.Log10(_plan.PaddedDimension);
}

using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// Claims about a patient who enters each round with a secret chance q. Costs are R(a)/a at the order that the study
/// fixed, for each number of unknown shares (docs/proofs/patient-sampling.md); beside them the usual figure, the
/// privacy loss distribution of the sampled Gaussian with the same noise.
/// </summary>
internal sealed class SampledClaims(MechanismPlan plan, int order)
{
    /// <summary>Step of the usual figure's grid.</summary>
    public const double Interval = 1e-3;

    // Beyond this cost without sampling the losses need more points than a report is worth, and no figure comforts.
    private const double LargestUsualCost = 1000;

    private readonly Dictionary<int, Rho> _costs = [];

    /// <summary>R(a)/a of one attempt with so many unknown shares.</summary>
    public Rho Cost(int shares)
    {
        if (_costs.TryGetValue(shares, out var known)) return known;
        var amplified = new PoissonAmplification(plan.Request.SamplingRate, ClaimAccountant.Whole(plan, 1, shares));
        return _costs[shares] = amplified.Cost(order);
    }

    /// <summary>All charged attempts, by their unknown shares.</summary>
    public ILossBound Bound(Adjacency adjacency, SortedDictionary<int, int> shares)
    {
        var cost = Rho.FromUnits(shares.Aggregate(BigInteger.Zero, (sum, each) =>
            sum + (Cost(each.Key).Units * each.Value)));
        var hasUsual = Whole(1, shares).ToDouble() <= LargestUsualCost;
        var zeroOut = new SampledLoss(order, cost, hasUsual ? new(() => Distribution(shares)) : null);
        return adjacency == Adjacency.ZeroOut
            ? zeroOut : new ReplacedLoss(zeroOut, new GaussianLoss(Whole(2, shares)));
    }

    private Rho Whole(int factor, SortedDictionary<int, int> shares) => shares.Aggregate(Rho.Zero, (sum, each) =>
        sum + ClaimAccountant.Whole(plan, factor, each.Key).Times(each.Value));

    private PrivacyLossDistribution Distribution(SortedDictionary<int, int> shares)
    {
        var rate = plan.Request.SamplingRate.ToDouble();
        var deviation = Math.Sqrt((double)plan.LocalVariance / (double)plan.SensitivitySquared);
        return shares.Aggregate(PrivacyLossDistribution.Nothing(Interval), (sum, each) => sum.ComposeWith(
            PrivacyLossDistribution.Gaussian(deviation * Math.Sqrt(each.Key), rate, Interval).Compose(each.Value)));
    }
}

namespace FedMeta.Privacy;

/// <summary>Sampled rounds under zero-out, at one order a: R = a times the sum of costs.</summary>
internal sealed class SampledLoss(int order, Rho cost, Lazy<PrivacyLossDistribution>? usual) : ILossBound
{
    public Rho? Rho => cost;

    public double? Mu => null;

    public double Epsilon(double delta) =>
        cost == FedMeta.Privacy.Rho.Zero ? 0 : BudgetOrder.Whole(order).Epsilon(cost, delta);

    public double? Usual(double delta) => usual?.Value.Epsilon(delta);

    /// <summary>
    /// A test with false positives f and power p gives p^a f^(1-a) &lt;= e^((a-1)R) and, the other way,
    /// (1-f)^a (1-p)^(1-a) &lt;= e^((a-1)R): the divergence does not grow when only the test's answer is seen.
    /// </summary>
    public double TestPower(double falsePositiveRate)
    {
        if (cost == FedMeta.Privacy.Rho.Zero) return falsePositiveRate;
        var divergence = order * cost.ToDouble();
        var forth = Math.Exp((order - 1.0) / order * (divergence + Math.Log(falsePositiveRate)));
        var back = 1 - Math.Exp((order / (order - 1.0) * RealFunctions.Log1P(-falsePositiveRate)) - divergence);
        return Math.Clamp(Math.Min(forth, back), falsePositiveRate, 1);
    }
}

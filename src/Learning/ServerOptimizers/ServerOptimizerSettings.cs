namespace FedMeta.Learning;

/// <summary>What a study says about the server's step.</summary>
/// <param name="Name">One of <see cref="ServerOptimizer.Names"/>.</param>
/// <param name="Rate">Server learning rate, above 0.</param>
/// <param name="Momentum">beta of momentum and nesterov, beta1 of the adaptive ones; in [0, 1).</param>
/// <param name="SecondMoment">beta2 of the adaptive ones; in [0, 1).</param>
/// <param name="Tau">The adaptive ones' floor under sqrt(v), above 0 (epsilon of adam).</param>
/// <param name="InitialSecondMoment">What v starts from; 0, or tau² as in the paper.</param>
public sealed record ServerOptimizerSettings(
    string Name, double Rate, double Momentum = 0.9, double SecondMoment = 0.99, double Tau = 1e-3,
    double InitialSecondMoment = 0)
{
    /// <summary>Everything that is wrong, in words.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (!ServerOptimizer.Names.Contains(Name))
            problems.Add($"server optimizer '{Name}' is none of {string.Join(", ", ServerOptimizer.Names)}");
        if (!(Rate > 0 && double.IsFinite(Rate))) problems.Add("the server rate must be above 0");
        if (!(Momentum is >= 0 and < 1)) problems.Add("the momentum must be in [0, 1)");
        if (!(SecondMoment is >= 0 and < 1)) problems.Add("the second-moment decay must be in [0, 1)");
        if (!(Tau > 0 && double.IsFinite(Tau))) problems.Add("tau must be above 0");
        if (!(InitialSecondMoment >= 0 && double.IsFinite(InitialSecondMoment)))
            problems.Add("the initial second moment must be 0 or more");
        return problems;
    }
}

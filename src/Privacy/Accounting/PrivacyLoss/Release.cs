namespace FedMeta.Privacy;

/// <summary>One kind of release: what a schedule is made of. Equal releases are composed together.</summary>
internal abstract record Release
{
    /// <summary>A fixed place among all releases, so that schedules are computed alike whatever their order.</summary>
    public abstract (int Kind, double First, double Second) Rank { get; }

    /// <summary>Its losses in both directions on the grid.</summary>
    /// <exception cref="ArgumentException">They need more points than are allowed.</exception>
    public abstract (LossMass Remove, LossMass Add) Discretise(double interval);

    /// <summary>Throws what <see cref="Discretise"/> would, at once.</summary>
    public virtual void Require(double interval)
    {
    }
}

/// <summary>Gaussian noise on every unit; 1/z^2 adds over rounds (Dong, Roth and Su 2022).</summary>
internal sealed record GaussianRelease(double SquaredMu) : Release
{
    public override (int, double, double) Rank => (0, SquaredMu, 0);

    public override (LossMass Remove, LossMass Add) Discretise(double interval) =>
        SampledGaussianLoss.Of(1 / Math.Sqrt(SquaredMu), 1, interval);

    public override void Require(double interval) =>
        SampledGaussianLoss.Require(1 / Math.Sqrt(SquaredMu), 1, interval);
}

/// <summary>Gaussian noise on a secret Poisson sample.</summary>
internal sealed record SampledGaussianRelease(double NoiseMultiplier, double SamplingRate) : Release
{
    public override (int, double, double) Rank => (1, NoiseMultiplier, SamplingRate);

    public override (LossMass Remove, LossMass Add) Discretise(double interval) =>
        SampledGaussianLoss.Of(NoiseMultiplier, SamplingRate, interval);

    public override void Require(double interval) =>
        SampledGaussianLoss.Require(NoiseMultiplier, SamplingRate, interval);
}

/// <summary>Integer noise of an even, log-concave law on one coordinate.</summary>
internal sealed record LatticeRelease(LatticeNoise Noise, double Variance, int Sensitivity) : Release
{
    public override (int, double, double) Rank => (2 + (int)Noise, Variance, Sensitivity);

    public override (LossMass Remove, LossMass Add) Discretise(double interval)
    {
        // The law is even, so that both directions have the same losses.
        var loss = LatticeLoss.Of(Noise, Variance, Sensitivity, interval);
        return (loss, loss);
    }
}

/// <summary>Any release that is (epsilon, delta)-private, at its worst.</summary>
internal sealed record ApproximateRelease(double Epsilon, double Delta) : Release
{
    public override (int, double, double) Rank => (8, Epsilon, Delta);

    public override (LossMass Remove, LossMass Add) Discretise(double interval)
    {
        // Kairouz, Oh and Viswanath 2015: no such release reveals more than randomised response that fails with delta.
        var yes = (1 - Delta) / (1 + Math.Exp(-Epsilon));
        var error = 4.4e-16 * (1 + Epsilon);
        var loss = ConnectTheDots.Of(
            interval, [(Epsilon, yes, error), (-Epsilon, (1 - Delta) - yes, error)], Delta);
        return (loss, loss);
    }
}

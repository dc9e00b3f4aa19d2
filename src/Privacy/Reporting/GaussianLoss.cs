namespace FedMeta.Privacy;

/// <summary>Rounds without sampling: rho is all that is known and needed (docs/proofs/noise-shares.md). That sqrt(2 rho)
/// is the mu of the noise is no more than the usual figure: it is not proved of discrete noise in shares.</summary>
internal sealed class GaussianLoss(Rho rho) : ILossBound
{
    private readonly double _mu = Math.Sqrt(2 * rho.ToDouble());

    public Rho? Rho => rho;

    public double? Mu => _mu;

    public double Epsilon(double delta) =>
        rho == FedMeta.Privacy.Rho.Zero ? 0 : ZeroConcentratedDp.Epsilon(rho.ToDouble(), delta);

    public double? Usual(double delta) => Gaussian.Epsilon(_mu, delta);

    public double TestPower(double falsePositiveRate) =>
        ZeroConcentratedDp.TestPower(rho.ToDouble(), falsePositiveRate);
}

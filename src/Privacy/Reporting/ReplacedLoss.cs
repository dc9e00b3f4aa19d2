namespace FedMeta.Privacy;

/// <summary>
/// Replace-one of a sampled patient: two steps of zero-out, (2 epsilon, delta (1 + e^epsilon)) by the group property,
/// or the rounds as if nothing were sampled, which holds whatever the coins show; the better of both.
/// </summary>
internal sealed class ReplacedLoss(ILossBound zeroOut, GaussianLoss whole) : ILossBound
{
    // Deltas of the single step that are tried: 10^(-k/4) times the one that is asked for.
    private const int Tries = 48;

    public Rho? Rho => null;

    public double? Mu => null;

    public double Epsilon(double delta) => Enumerable.Range(1, Tries)
        .Select(k => delta * Math.Pow(10, -k / 4.0))
        .Where(step => step * (1 + Math.Exp(zeroOut.Epsilon(step))) <= delta)
        .Select(step => 2 * zeroOut.Epsilon(step))
        .Append(whole.Epsilon(delta))
        .Min();

    public double? Usual(double delta) => null;

    public double TestPower(double falsePositiveRate) => Math.Min(
        whole.TestPower(falsePositiveRate), zeroOut.TestPower(zeroOut.TestPower(falsePositiveRate)));
}

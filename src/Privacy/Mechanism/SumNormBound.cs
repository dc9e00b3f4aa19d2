using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// How long an opened sum of honest clients can be: their vectors' norm bounds and what the known noise explains. A
/// longer sum holds an input that was not clipped, or not rounded and noised as the plan says
/// (docs/proofs/integer-norm.md, How long an honest sum is).
/// <para>In integer units a client adds at most K vectors of norm at most B, and noise whose coordinates are discrete
/// Gaussians of variance parameter s^2. Those are subgaussian with variance proxy s^2 (Canonne, Kamath and Steinke
/// 2020, "The Discrete Gaussian for Differential Privacy"), so the noise Z of n clients is with n s^2, and by Hsu,
/// Kakade and Zhang 2012 ("A tail inequality for quadratic forms of subgaussian random vectors", for the identity)
/// |Z|^2 &gt; n s^2 (D + 2 sqrt(D t) + 2 t) has probability at most e^-t. With t = 24: below 4e-11. A wrapped
/// coordinate adds its own chance, which the plan's ring keeps below 2 D e^-32.</para>
/// <para>The bound is on the whole sum: a single client may use up what the others left, n K C in all.</para>
/// </summary>
public static class SumNormBound
{
    // e^-24 = 3.8e-11: with 100,000 rounds a year an honest one would be refused once in 260,000 years.
    private const double NoiseExponent = 24;

    // Decoding is in double; its rounding is far below this.
    private const double RoundingAllowance = 1 + 1e-9;

    /// <summary>The bound on the L2 norm of a decoded sum, in model units.</summary>
    /// <param name="plan">The clients' plan.</param>
    /// <param name="clients">Clients whose inputs are in the sum, at least 1.</param>
    public static double Of(MechanismPlan plan, int clients)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(clients, 1);
        double dimension = plan.PaddedDimension;
        var vectors = (BigInteger)clients * plan.Request.MaxContributionsPerClient
            * ExactArithmetic.SquareRootUp(plan.NormBoundSquared);
        var spread = dimension + (2 * Math.Sqrt(dimension * NoiseExponent)) + (2 * NoiseExponent);
        var noise = Math.Sqrt(clients * (double)plan.LocalVariance * spread);
        return ((double)vectors + noise) / plan.Scale * RoundingAllowance;
    }
}

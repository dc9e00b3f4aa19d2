using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// The numbers of the distributed discrete Gaussian mechanism of one study (Kairouz, Liu and Steinke 2021, "The
/// Distributed Discrete Gaussian Mechanism for Federated Learning with Secure Aggregation"). <see cref="Derive"/>
/// computes them in whole numbers and exactly rounded operations only, so every party obtains the same plan from the
/// same request; <see cref="Verify"/> also accepts a plan with more noise, or less spent, than it need have.
/// Proofs: docs/proofs/noise-shares.md, docs/proofs/integer-norm.md, docs/proofs/patient-through-tasks.md,
/// docs/proofs/patient-sampling.md.
/// </summary>
public sealed record MechanismPlan
{
    /// <summary>Least variance of one client's share (standard deviation 16): below it sums of shares are no longer
    /// Gaussian enough.</summary>
    public const int LeastLocalVariance = 256;

    /// <summary>Largest variance of one client's share (standard deviation 2^28): a finer scale would not show
    /// beside the noise.</summary>
    public const long LargestLocalVariance = 1L << 56;

    /// <summary>What was asked for.</summary>
    public required MechanismRequest Request { get; init; }

    /// <summary>Entries D of the masked vector: the least power of two that is at least the dimension.</summary>
    public required int PaddedDimension { get; init; }

    /// <summary>Scale S, integer units per model unit; a power of two, so that scaling is exact.</summary>
    public required double Scale { get; init; }

    /// <summary>B^2: no integer vector with a larger squared norm enters a sum.</summary>
    public required BigInteger NormBoundSquared { get; init; }

    /// <summary>The squared L2 distance, in integer units, that zeroing out one unit can move the sum: k^2
    /// B^2.</summary>
    public required BigInteger SensitivitySquared { get; init; }

    /// <summary>Variance parameter of each client's discrete Gaussian share, integer units squared.</summary>
    public required BigInteger LocalVariance { get; init; }

    /// <summary>
    /// The whole Renyi order a, 2 to 256, at which <see cref="PerRound"/> and <see cref="Total"/> of a sampled study
    /// count: both are divergences over a. Null without sampling, where a cost is rho at every order.
    /// </summary>
    public int? Order { get; init; }

    /// <summary>What one attempt at a round costs against the server and the assumed colluders: rho, or R(a)/a at
    /// <see cref="Order"/>.</summary>
    public required Rho PerRound { get; init; }

    /// <summary>What the study grants in all; rounds * <see cref="PerRound"/> never exceeds it.</summary>
    public required Rho Total { get; init; }

    /// <summary>The relation that the claim speaks of.</summary>
    public Adjacency Adjacency => Adjacency.ZeroOut;

    /// <summary>Noise shares that the adversary does not know: threshold minus colluders.</summary>
    public int HonestShares => Request.Threshold - Request.Colluders;

    /// <summary>rho of a round as if nothing were sampled: what it costs a patient who is known to be in the
    /// sample.</summary>
    public Rho PerWholeRound => MechanismArithmetic.Cost(SensitivitySquared, HonestShares, LocalVariance);

    /// <summary>Standard deviation over sensitivity of the least noise that hides a unit: 1/sqrt(2
    /// <see cref="PerWholeRound"/>).</summary>
    public double NoiseMultiplier => Math.Sqrt((double)LocalVariance * HonestShares / (double)SensitivitySquared);

    /// <summary>
    /// Expected norm of the noise over the clip norm in the mean of a full round: every client there with all its
    /// vectors, or the expected sample of them. Above 1 a single round tells less than its noise.
    /// </summary>
    public double NoiseToSignal => NoiseShares.NoiseToSignal(
        Math.Sqrt(Request.MaxClients * (double)LocalVariance) / (Scale * Request.ClipNorm),
        Request.Dimension,
        Math.Max(
            1,
            (long)Request.MaxClients * Request.MaxContributionsPerClient * Request.SamplingRate.Millionths
                / SamplingRate.Parts));

    /// <summary>The numbers in the one text that goes into the signed plan: ASCII, one "name=value" a line.</summary>
    public string Terms => MechanismTerms.Of(this);

    /// <summary>
    /// What the parties of one round agree on: <see cref="Terms"/> and a line with the round's rotation. The rotation
    /// hides nothing, but it has to be the same for all: a server that chose one for each client would learn a sum with
    /// weights of its own choice.
    /// </summary>
    /// <param name="rotationSeed">The round's public seed, 32 bytes.</param>
    public string RoundTerms(ReadOnlySpan<byte> rotationSeed) => MechanismTerms.Of(this, rotationSeed);

    /// <summary>
    /// What one attempt at a round costs a unit in books that are kept at one order: rho whatever the order, and for a
    /// sampled study an upper bound of R(a)/a at theirs (docs/proofs/patient-sampling.md).
    /// </summary>
    public Rho ChargeAt(BudgetOrder order) => Request.SamplingRate.IsSampled
        ? new PoissonAmplification(Request.SamplingRate, PerWholeRound).Cost(order)
        : PerRound;

    /// <summary>The epsilon that <paramref name="cost"/>, counted as <see cref="PerRound"/> is, proves at
    /// <paramref name="delta"/>: at the study's order, or without sampling at the best one.</summary>
    public double Epsilon(Rho cost, double delta) => Order is { } order
        ? BudgetOrder.Whole(order).Epsilon(cost, delta)
        : ZeroConcentratedDp.Epsilon(cost.ToDouble(), delta);

    /// <summary>
    /// Derives the plan with the finest scale that the ring and the sampler allow. Total = the largest rho that
    /// <see cref="ZeroConcentratedDp.LargestRho"/> proves; per round = total/rounds; local variance = what
    /// t - c shares need to stay within it. A sampled study takes the whole order that needs the least noise.
    /// </summary>
    public static MechanismDerivation Derive(MechanismRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var problems = request.Validate();
        return problems.Count > 0 ? new MechanismDerivation(null, problems) : MechanismArithmetic.Derive(request);
    }

    /// <summary>
    /// Every reason why <paramref name="plan"/> does not keep what <paramref name="request"/> asks, by exact
    /// whole-number checks; empty where it does. It trusts no number of the plan.
    /// </summary>
    public static IReadOnlyList<string> Verify(MechanismRequest request, MechanismPlan plan)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        var problems = request.Validate();
        return problems.Count > 0 ? problems : MechanismArithmetic.Verify(request, plan);
    }
}

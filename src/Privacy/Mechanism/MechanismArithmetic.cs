using System.Globalization;
using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>Derivation and verification of a plan; see <see cref="MechanismPlan"/> for the contract.</summary>
internal static class MechanismArithmetic
{
    // B^2 leaves room for stochastic rounding: a vector of norm C S exceeds it with chance below exp(-slack^2/2) and is
    // then truncated towards zero (Kairouz et al. 2021, Proposition 22). 4 gives 3 in 10,000.
    private const double RoundingSlack = 4;

    // Rounding may lengthen the norm bound, and with it the noise, by a tenth; beyond that the ring is too small.
    private const double LargestInflation = 1.1;

    // A clipped vector has at most 2^41 integer units: the bound's slack of 4 C S is then far above what floating point
    // adds to its squared norm (docs/proofs/integer-norm.md). Rings up to 40 bits never come near it.
    private const int FinestNormExponent = 40;

    // No coordinate of the sum wraps unless the noise is beyond this many standard deviations.
    private const int NoiseDeviations = 8;

    public static MechanismDerivation Derive(MechanismRequest request)
    {
        var target = NoiseTarget.Of(request);
        if (target.Whole.Units < 1 << 20)
            return Refused("epsilon is too small for this many rounds: less than 2^-44 of rho a round is left");

        var padded = PaddedDimension(request.Dimension);
        var finest = Math.Min(request.RingBits, FinestNormExponent);
        for (var exponent = finest - Math.ILogB(request.ClipNorm); exponent > -64; exponent--)
        {
            var plan = AtScale(request, padded, exponent, target);
            if (plan.LocalVariance > MechanismPlan.LargestLocalVariance || RingProblem(request, plan) is not null)
                continue;
            var problem = QualityProblem(request, plan);
            return problem is null ? new MechanismDerivation(plan, []) : Refused(problem);
        }

        return Refused($"no scale fits {request.RingBits} ring bits");
    }

    public static IReadOnlyList<string> Verify(MechanismRequest request, MechanismPlan plan)
    {
        var problems = new List<string>();
        void Require(bool holds, string problem)
        {
            if (!holds) problems.Add(problem);
        }

        Require(plan.Request == request, "the plan answers another request");
        Require(
            plan.PaddedDimension == PaddedDimension(request.Dimension),
            "the padded dimension is not the next power of two");
        Require(IsPowerOfTwo(plan.Scale), "the scale is not a power of two");
        Require(
            plan.NormBoundSquared.Sign > 0 && plan.NormBoundSquared.GetBitLength() < 96,
            "the norm bound is out of range");
        Require(
            plan.LocalVariance >= MechanismPlan.LeastLocalVariance
                && plan.LocalVariance <= MechanismPlan.LargestLocalVariance,
            "the local variance is below 256 or above 2^56");
        if (problems.Count > 0) return problems;

        Require(
            Math.ILogB(request.ClipNorm) + Math.ILogB(plan.Scale) <= FinestNormExponent,
            "the scale is too fine for exact rounding");
        Require(
            LeastNormBoundSquared(request, plan.Scale) <= plan.NormBoundSquared,
            "the norm bound does not admit a clipped vector");
        var factor = Factor(request);
        Require(
            plan.SensitivitySquared == factor * factor * plan.NormBoundSquared,
            "the sensitivity does not follow from the norm bound");
        if (problems.Count > 0) return problems;

        Require(
            request.SamplingRate.IsSampled
                ? plan.Order is >= NoiseTarget.LeastOrder and <= NoiseTarget.LargestOrder
                : plan.Order is null,
            "a sampled study, and no other, is accounted at one whole order from 2 to 256");
        if (problems.Count > 0) return problems;

        Require(plan.PerRound >= CostOf(plan), "a round costs more than the plan states");
        Require(plan.PerRound.Times(request.Rounds) <= plan.Total, "the rounds cost more than the plan grants");
        Require(
            plan.Total <= (plan.Order is { } order
                ? BudgetOrder.Whole(order).Limit(request.Epsilon, request.Delta)
                : ZeroConcentratedDp.LargestRho(request.Epsilon, request.Delta)),
            "the plan grants more than epsilon and delta allow");
        if (RingProblem(request, plan) is { } problem) problems.Add(problem);
        return problems;
    }

    /// <summary>
    /// The cost of one round: k^2 B^2 / (2 h s^2) rounded up, and one unit more. The extra 2^-64 pays for tau, by which
    /// a sum of h discrete Gaussians differs from one: for s^2 &gt;= 256 it is below 10^-1000
    /// (docs/proofs/noise-shares.md).
    /// </summary>
    public static Rho Cost(BigInteger sensitivitySquared, int honestShares, BigInteger localVariance) =>
        Rho.Ceiling(sensitivitySquared, 2 * honestShares * localVariance) + Rho.FromUnits(BigInteger.One);

    /// <summary>The cost of one round at the plan's own order.</summary>
    private static Rho CostOf(MechanismPlan plan) =>
        plan.Order is { } order ? plan.ChargeAt(BudgetOrder.Whole(order)) : plan.PerWholeRound;

    public static int PaddedDimension(int dimension) => (int)BitOperations.RoundUpToPowerOf2((uint)dimension);

    private static MechanismPlan AtScale(MechanismRequest request, int padded, int exponent, NoiseTarget target)
    {
        var scale = Math.ScaleB(1, exponent);
        var norm = request.ClipNorm * scale;

        // IEEE 754 rounds each of these operations correctly, so B^2 is the same number everywhere.
        var bound = (norm * norm) + (padded / 4.0) + (RoundingSlack * (norm + (Math.Sqrt(padded) / 2)));
        var normBoundSquared = new BigInteger(Math.Ceiling(bound));
        var factor = Factor(request);
        var sensitivitySquared = factor * factor * normBoundSquared;
        var honest = request.Threshold - request.Colluders;

        // The least variance whose cost, with its extra unit, stays within the share of a round.
        var variance = ExactArithmetic.DivideUp(
            sensitivitySquared << Rho.FractionBits, 2 * honest * (target.Whole.Units - 1));
        var plan = new MechanismPlan
        {
            Request = request,
            PaddedDimension = padded,
            Scale = scale,
            NormBoundSquared = normBoundSquared,
            SensitivitySquared = sensitivitySquared,
            LocalVariance = variance,
            Order = target.Order,
            PerRound = Rho.Zero,
            Total = target.Total,
        };
        return plan with { PerRound = CostOf(plan) };
    }

    /// <summary>n K B + 8 sqrt(n s^2) must stay below 2^(b-1): whatever the rotation does, only noise could
    /// wrap.</summary>
    private static string? RingProblem(MechanismRequest request, MechanismPlan plan)
    {
        var half = (BigInteger.One << (request.RingBits - 1)) - 1;
        var signal = (BigInteger)request.MaxClients * request.MaxContributionsPerClient
            * ExactArithmetic.SquareRootUp(plan.NormBoundSquared);
        var room = half - signal;
        var noiseSquared = NoiseDeviations * NoiseDeviations * request.MaxClients * plan.LocalVariance;
        return room.Sign > 0 && room * room >= noiseSquared
            ? null
            : $"{request.RingBits} ring bits cannot hold the sum and {NoiseDeviations} deviations of its noise";
    }

    private static string? QualityProblem(MechanismRequest request, MechanismPlan plan)
    {
        var norm = request.ClipNorm * plan.Scale;
        var inflation = Math.Sqrt((double)plan.NormBoundSquared) / norm;
        if (!(inflation <= LargestInflation))
        {
            var percent = ((inflation - 1) * 100).ToString("0", CultureInfo.InvariantCulture);
            return $"{request.RingBits} ring bits leave so coarse a scale that rounding would add {percent} % to the "
                + "noise; take more ring bits (at most 64), fewer contributions or a larger epsilon";
        }

        return plan.LocalVariance >= MechanismPlan.LeastLocalVariance
            ? null
            : $"the noise of one client would have variance {plan.LocalVariance} integer units, below "
                + $"{MechanismPlan.LeastLocalVariance}; take more ring bits or a smaller epsilon";
    }

    /// <summary>floor((C S)^2): truncation towards zero always meets it.</summary>
    private static BigInteger LeastNormBoundSquared(MechanismRequest request, double scale)
    {
        var (numerator, denominator) = ExactArithmetic.Fraction(request.ClipNorm * scale);
        return numerator * numerator / (denominator * denominator);
    }

    private static bool IsPowerOfTwo(double scale) =>
        double.IsNormal(scale) && Math.ILogB(scale) is > -64 and < 96 && Math.ScaleB(1, Math.ILogB(scale)) == scale;

    private static BigInteger Factor(MechanismRequest request) =>
        Sensitivity.Factor(
            request.Unit, request.Contribution, request.TasksPerPatient, request.MaxContributionsPerClient)
        ?? throw new ArgumentException("the contribution does not bound the unit", nameof(request));

    private static MechanismDerivation Refused(string problem) => new(null, [problem]);
}

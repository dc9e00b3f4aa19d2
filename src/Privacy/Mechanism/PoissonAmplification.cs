using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// What a round costs in which every patient is present with the secret chance q, in whole numbers and rounded up:
/// for noise with a symmetric law, D_k &lt;= k rho without sampling and every whole a &gt;= 2,
/// <code>(a-1) R(a) &lt;= ln sum over l = 0..a of C(a,l) (1-q)^(a-l) q^l e^(l(l-1) rho)</code>
/// in both directions of the divergence (the binomial sum of Mironov, Talwar and Zhang 2019 and Zhu and Wang 2019,
/// Theorem 6; why it holds for this mechanism and Theorem 5 with its factor 3 is not needed:
/// docs/proofs/patient-sampling.md). Orders between two whole ones by the convexity of (a-1) R(a).
/// </summary>
internal sealed class PoissonAmplification
{
    // Above it, and above the largest exponent of a sum, a round is charged as if nothing were sampled.
    private const int LargestOrder = 4096;
    private const int LargestExponent = 2500;

    private readonly SamplingRate _rate;
    private readonly Rho _whole;
    private readonly List<BigInteger> _moments;
    private readonly BigInteger _ratio;
    private BigInteger _power;

    /// <param name="rate">q.</param>
    /// <param name="whole">rho: D_k of a round without sampling is at most k rho for every k &gt;= 1.</param>
    public PoissonAmplification(SamplingRate rate, Rho whole)
    {
        var one = BigInteger.One << FixedPointExponential.FractionBits;
        (_rate, _whole, _moments, _power) = (rate, whole, [one, one], one);
        var twice = whole.Units << (FixedPointExponential.FractionBits - Rho.FractionBits + 1);
        _ratio = IsTooLarge(2) ? BigInteger.Zero : FixedPointExponential.Up(twice);
    }

    /// <summary>R(a)/a for a whole order, at most the cost without sampling.</summary>
    public Rho Cost(int order) => Cost(BudgetOrder.Whole(order));

    /// <summary>R(a)/a for any order.</summary>
    public Rho Cost(BudgetOrder order)
    {
        if (!_rate.IsSampled) return _whole;
        var unit = BudgetOrder.Unit;
        var below = (int)BigInteger.Min(1 + (order.Excess / unit), LargestOrder);
        if (below == LargestOrder) return _whole;

        // a lies between below and below + 1, by 'part' units from the lower one.
        var part = order.Excess % unit;
        var moment = ((unit - part) * LogMoment(below)) + (part == 0 ? 0 : part * LogMoment(below + 1));
        var denominator = order.Excess * (BigInteger)(unit + order.Excess);
        var cost = ExactArithmetic.DivideUp(
            moment * unit, denominator << (FixedPointLogarithm.FractionBits - Rho.FractionBits));
        return cost < _whole.Units ? Rho.FromUnits(cost) : _whole;
    }

    /// <summary>At least (a-1) R(a), in units of 2^-192.</summary>
    private BigInteger LogMoment(int order)
    {
        if (order == 1) return BigInteger.Zero;
        if (IsTooLarge(order))
        {
            return order * (BigInteger)(order - 1) * _whole.Units
                << (FixedPointLogarithm.FractionBits - Rho.FractionBits);
        }

        var (numerator, denominator) = _rate.LowestTerms();
        var others = denominator - numerator;

        // C(a,l) m^l (n-m)^(a-l), each from the one before; the quotients are whole.
        var weight = BigInteger.Pow(others, order);
        var sum = BigInteger.Zero;
        for (var l = 0; l <= order; l++)
        {
            sum += weight * Moment(l);
            weight = weight * (numerator * (long)(order - l)) / (others * (long)(l + 1));
        }

        var logarithm = FixedPointLogarithm.Of(
            sum, BigInteger.Pow(denominator, order) << FixedPointExponential.FractionBits);
        return logarithm + (BigInteger.One << (FixedPointLogarithm.FractionBits - FixedPointLogarithm.ErrorBits));
    }

    /// <summary>At least e^(l(l-1) rho), in units of 2^-192: each from the one before by e^(2 (l-1) rho).</summary>
    private BigInteger Moment(int l)
    {
        while (_moments.Count <= l)
        {
            _power = FixedPointExponential.MultiplyUp(_power, _ratio);
            _moments.Add(FixedPointExponential.MultiplyUp(_moments[^1], _power));
        }

        return _moments[l];
    }

    private bool IsTooLarge(int order) =>
        order * (BigInteger)(order - 1) * _whole.Units > (BigInteger)LargestExponent << Rho.FractionBits;
}

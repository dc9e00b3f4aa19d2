using System.Globalization;
using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// The one Renyi order a = 1 + k 2^-20 at which a budget is kept. It is fixed before the first round: costs R(a)/a add
/// at one order however the rounds were chosen (docs/proofs/budget-filter.md), and a round without sampling has the
/// same R(a)/a = rho at every order, so nothing is lost by fixing one. See docs/adr/0051-one-renyi-order.md.
/// </summary>
public readonly record struct BudgetOrder
{
    /// <summary>Units of an order, 2^20.</summary>
    internal const long Unit = 1L << UnitBits;

    private const int UnitBits = 20;
    private const long LargestExcess = 1L << 44;

    private BudgetOrder(long excess) => Excess = excess;

    /// <summary>k = (a - 1) 2^20, from 1 to 2^44; 0 in the default value, which is no order.</summary>
    public long Excess { get; }

    /// <summary>A whole order.</summary>
    /// <param name="order">2 to 2^24.</param>
    public static BudgetOrder Whole(int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, 1 << 24);
        return new BudgetOrder((order - 1) * Unit);
    }

    /// <summary>The order 1 + k 2^-20.</summary>
    /// <param name="excess">k, 1 to 2^44.</param>
    public static BudgetOrder FromExcess(long excess)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(excess, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(excess, LargestExcess);
        return new BudgetOrder(excess);
    }

    /// <summary>The order that proves the largest limit. All in whole numbers: the same on every machine.</summary>
    /// <param name="epsilon">Positive and finite.</param>
    /// <param name="delta">In (0, 1).</param>
    public static BudgetOrder Best(double epsilon, double delta)
    {
        var (target, logDelta) = Target(epsilon, delta);

        // For each rho the set of sufficient orders is an interval (the exponent is convex in a) that shrinks as rho
        // grows, so the provable rho rises and then falls along the orders and bisection on its slope finds the top.
        long low = 1;
        var high = LargestExcess;
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (Provable(middle, target, logDelta) < Provable(middle + 1, target, logDelta)) low = middle;
            else high = middle;
        }

        var isLow = Provable(low, target, logDelta) >= Provable(high, target, logDelta);
        return new BudgetOrder(isLow ? low : high);
    }

    /// <summary>
    /// The largest sum of costs R(a)/a, rounded down to a unit, that this order proves to be (epsilon, delta)-private;
    /// zero where it proves none. Never too large. Tightening epsilon or delta later lowers the limit at the same
    /// order.
    /// </summary>
    /// <param name="epsilon">Positive and finite.</param>
    /// <param name="delta">In (0, 1).</param>
    public Rho Limit(double epsilon, double delta)
    {
        var (target, logDelta) = Target(epsilon, delta);
        var units = Provable(Checked(), target, logDelta) >> (FixedPointLogarithm.FractionBits - Rho.FractionBits);
        return Rho.FromUnits(BigInteger.Max(BigInteger.Zero, units));
    }

    /// <summary>
    /// The epsilon that costs kept at this order prove: a cost + ln(1 - 1/a) - ln(delta a)/(a - 1) (Canonne, Kamath
    /// and Steinke 2020, Proposition 12), at least 0. For people; a budget is enforced by <see cref="Limit"/>.
    /// </summary>
    /// <param name="cost">The sum of R(a)/a.</param>
    /// <param name="delta">In (0, 1).</param>
    public double Epsilon(Rho cost, double delta)
    {
        if (!(delta is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(delta));
        var excess = Checked() / (double)Unit;
        var order = 1 + excess;
        return Math.Max(
            0, (order * cost.ToDouble()) - RealFunctions.Log1P(1 / excess) - (Math.Log(delta * order) / excess));
    }

    /// <summary>The order as a number, for people.</summary>
    public double ToDouble() => 1 + (Checked() / (double)Unit);

    /// <summary>k in decimal digits, as written into books.</summary>
    public override string ToString() => Excess.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// rho = (epsilon + ln(delta)/A - ln A + (a/A) ln a)/a with a = 1 + A, A = k 2^-20, rounded down, in units of
    /// 2^-192: the conversion solved for rho at one order.
    /// </summary>
    private static BigInteger Provable(long k, BigInteger epsilon, BigInteger logDelta)
    {
        var one = BigInteger.One << UnitBits;
        BigInteger order = one + k;
        var logExcess = FixedPointLogarithm.Of(k, one);
        var logOrder = FixedPointLogarithm.Of(order, one);
        var tail = ExactArithmetic.DivideDown((logDelta << UnitBits) + (logOrder * order), k);

        // Each logarithm is off by under 2^-160; dividing by A >= 2^-20 gives at most 2^-137 in all.
        var slack = BigInteger.One << (FixedPointLogarithm.FractionBits - 130);
        return ExactArithmetic.DivideDown((epsilon + tail - logExcess - slack) << UnitBits, order);
    }

    private static (BigInteger Epsilon, BigInteger LogDelta) Target(double epsilon, double delta)
    {
        if (!double.IsFinite(epsilon) || epsilon <= 0) throw new ArgumentOutOfRangeException(nameof(epsilon));
        if (!(delta is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(delta));
        var (numerator, denominator) = ExactArithmetic.Fraction(epsilon);
        var (deltaNumerator, deltaDenominator) = ExactArithmetic.Fraction(delta);
        return (
            ExactArithmetic.DivideDown(numerator << FixedPointLogarithm.FractionBits, denominator),
            FixedPointLogarithm.Of(deltaNumerator, deltaDenominator));
    }

    private long Checked() => Excess > 0 ? Excess : throw new InvalidOperationException("no order was fixed");
}

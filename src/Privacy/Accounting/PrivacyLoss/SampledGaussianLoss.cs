using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Privacy;

/// <summary>
/// Gaussian noise of deviation z on a contribution of norm 1 that takes part with probability q: N(0, z^2) against
/// (1-q) N(0, z^2) + q N(1, z^2), a dominating pair for vectors too (Zhu, Dong and Wang 2022, "Optimal Accounting of
/// Differential Privacy via Characteristic Function", on Poisson sampling). The loss L(x) = ln(1 - q + q e^t), t =
/// (2x - 1)/(2 z^2), rises with x, so both directions need the same thresholds x(epsilon), computed here as y = x/z,
/// and normal tails there.
/// </summary>
internal static class SampledGaussianLoss
{
    // Above 12 deviations lies 1.8 10^-33 and becomes an infinite loss; below -8.5 lies 10^-17 and is moved up.
    private const double UpperDeviations = 12;
    private const double LowerDeviations = 8.5;
    private const double Beyond = 1e100;

    // delta is off by at most Unit (8 + |loss| + y0^2) of the tail, the square only where the tail is the small one:
    // there a rounded threshold counts y0 times. Measured, it is an eighth of that or less.
    private const double Unit = 8.8817841970012523e-16;

    /// <exception cref="ArgumentException">The losses need more grid points than are allowed.</exception>
    public static void Require(double noise, double rate, double interval)
    {
        var (low, high, _, _) = Range(noise, rate);
        LossGrid.Require(((high - low) / interval) + 8, interval);
    }

    public static (LossMass Remove, LossMass Add) Of(double noise, double rate, double interval)
    {
        Require(noise, rate, interval);
        var (low, high, removeLow, addLow) = Range(noise, rate);
        var first = (long)Math.Floor(low / interval) - 1;
        var count = ((int)((long)Math.Ceiling(high / interval) + 2 - first) + 3) & ~3;
        var last = first + count - 1;
        var remove = New(first, count);
        var add = rate == 1 ? null : New(-last, count);
        Fill(noise, rate, interval, first, remove, add);
        var removed = ConnectTheDots.Between(interval, From(remove, (long)Math.Floor(removeLow / interval) - 1));
        if (add is null) return (removed, removed);

        // In the other direction the loss is the negative: the grid runs backwards.
        Array.Reverse(add.Tail);
        Array.Reverse(add.Delta);
        Array.Reverse(add.Error);
        return (removed, ConnectTheDots.Between(interval, From(add, (long)Math.Floor(addLow / interval) - 1)));
    }

    private static TailGrid New(long low, int count) =>
        new(low, new double[count], new double[count], new double[count]);

    private static TailGrid From(TailGrid grid, long low)
    {
        var skipped = (int)Math.Max(0, low - grid.Low);
        return new TailGrid(grid.Low + skipped, grid.Tail[skipped..], grid.Delta[skipped..], grid.Error[skipped..]);
    }

    private static (double Low, double High, double RemoveLow, double AddLow) Range(double noise, double rate)
    {
        var high = Loss(1 + (UpperDeviations * noise), noise, rate);
        var removeLow = Loss((rate == 1 ? 1 : 0) - (LowerDeviations * noise), noise, rate);
        if (rate == 1) return (removeLow, high, removeLow, double.NaN);
        return (Loss(-UpperDeviations * noise, noise, rate), high, removeLow,
            -Loss(LowerDeviations * noise, noise, rate));
    }

    private static double Loss(double x, double noise, double rate)
    {
        var exponent = ((2 * x) - 1) / (2 * noise * noise);
        return rate == 1 ? exponent
            : RealFunctions.LogAdd(RealFunctions.Log1P(-rate), Math.Log(rate) + exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(
        double noise, double rate, double interval, long first, TailGrid remove, TailGrid? add)
    {
        var (q, p) = (Vector256.Create(rate), Vector256.Create(1 - rate));
        var (one, zero) = (Vector256<double>.One, Vector256<double>.Zero);
        var (z, shift) = (Vector256.Create(noise), Vector256.Create(1 / noise));
        var beyond = Vector256.Create(Beyond);
        var lanes = Vector256.Create(0.0, 1, 2, 3);
        for (var i = 0; i < remove.Tail.Length; i += 4)
        {
            var loss = (Vector256.Create((double)(first + i)) + lanes) * Vector256.Create(interval);
            var inverse = Vector256.Exp(-loss);

            // e^((2x-1)/(2z^2)) = (e^loss - (1-q))/q = e^loss inside; no x has a loss at or below ln(1-q).
            var inside = one - (p / q * NormalTails.ExpM1(-loss, inverse));
            var exponent = rate == 1 ? loss : loss + Vector256.Log(inside);
            var y0 = (z * exponent) + (shift * Vector256.Create(0.5));
            y0 = Vector256.ConditionalSelect(Vector256.GreaterThan(inside, zero), y0, -beyond);
            y0 = Vector256.Min(Vector256.Max(y0, -beyond), beyond);
            var y1 = y0 - shift;
            var (density0, density1) = (NormalTails.Density(y0), NormalTails.Density(y1));
            var mills0 = NormalTails.MillsRatio(y0);
            var (upper0, lower0) = NormalTails.Split(y0, density0, mills0);
            var (upper1, lower1) = NormalTails.Split(y1, density1, NormalTails.MillsRatio(y1));
            var unit = Vector256.Create(8.0) + Vector256.Abs(loss);
            var (right, left) = (Vector256.Max(y0, zero), Vector256.Min(y0, zero));

            // e^loss phi(y0) is the mixture's density, which neither overflows nor underflows where it counts.
            var tail = (p * upper0) + (q * upper1);
            var other = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(y0, zero),
                ((p * density0) + (q * density1)) * mills0, upper0 / inverse);
            Store(remove, i, tail, other, unit + (right * right));
            if (add is null) continue;
            Store(add, i, lower0, inverse * ((p * lower0) + (q * lower1)), unit + (left * left));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        TailGrid grid, int i, Vector256<double> tail, Vector256<double> other, Vector256<double> unit)
    {
        var delta = Vector256.Max(tail - other, Vector256<double>.Zero);
        tail.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(grid.Tail), (nuint)i);
        delta.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(grid.Delta), (nuint)i);
        var error = tail * unit * Vector256.Create(Unit);
        error.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(grid.Error), (nuint)i);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Privacy;

/// <summary>
/// One release in one direction: probabilities of losses on a grid, and of an infinite loss. Every probability of a
/// loss above a grid point is at least that of the mechanism (docs/proofs/privacy-loss.md, "One release").
/// </summary>
/// <param name="Interval">h, the grid's step; the loss of entry i is (Low + i) h.</param>
/// <param name="Low">Index of the first entry.</param>
/// <param name="Mass">Probabilities, none negative; together with <paramref name="Infinity"/> at most 1 + 10^-9.
/// </param>
/// <param name="Infinity">Probability of a loss without bound.</param>
internal sealed record LossMass(double Interval, long Low, double[] Mass, double Infinity)
{
    private const int Bins = 1024;

    private readonly Lazy<CoarseLoss> _coarse = new(() => CoarseLoss.Of(Interval, Low, Mass, Bins));

    public long High => Low + Mass.Length - 1;

    /// <summary>The same with few points: good for a search, not for a claim.</summary>
    public CoarseLoss Coarse => _coarse.Value;

    /// <summary>Largest |loss| on the grid.</summary>
    public double Reach => Interval * Math.Max(Math.Abs(Low), Math.Abs(High));

    /// <summary>ln E[e^(order loss)], finite losses alone; |order| times the width of the grid is at most
    /// <see cref="TiltSearch.MaxExponent"/>.</summary>
    public double LogMoment(double order)
    {
        var peak = order * Interval * (order > 0 ? High : Low);
        return peak + Math.Log(Tilt(order, peak, null));
    }

    /// <summary>Writes mass e^(order loss - shift) where <paramref name="target"/> is given; returns the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Tilt(double order, double shift, double[]? target)
    {
        var step = order * Interval;
        ref var mass = ref MemoryMarshal.GetArrayDataReference(Mass);
        var lanes = Vector256.Create(0.0, 1, 2, 3);
        var sums = Vector256<double>.Zero;
        var i = 0;
        for (; i + 4 <= Mass.Length; i += 4)
        {
            var loss = Vector256.Create((double)(Low + i)) + lanes;
            var tilted = Vector256.LoadUnsafe(ref mass, (nuint)i)
                * Vector256.Exp((loss * Vector256.Create(step)) - Vector256.Create(shift));
            sums += tilted;
            if (target is not null) tilted.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(target), (nuint)i);
        }

        var sum = Vector256.Sum(sums);
        for (; i < Mass.Length; i++)
        {
            var tilted = Mass[i] * Math.Exp(((Low + i) * step) - shift);
            sum += tilted;
            if (target is not null) target[i] = tilted;
        }

        return sum;
    }
}

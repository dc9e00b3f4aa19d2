using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Privacy;

/// <summary>
/// Product of the transforms of tilted releases, each raised to its number of times, with a bound of the error of every
/// entry of the result. Cyclic: what lies outside the window is folded into it and adds to it.
/// </summary>
internal sealed class TiltedConvolution(int points)
{
    // A coefficient this small changes nothing that is seen, and its powers would be subnormal and slow.
    private const double Negligible = -90;
    private const double UnitRoundoff = 1.1102230246251565e-16;

    private readonly RealFourier _fourier = new(points);
    private readonly List<Factor> _factors = [];

    public void Multiply(LossMass loss, long times, double order, double cumulant)
    {
        var tilted = new double[loss.Mass.Length];
        loss.Tilt(order, cumulant, tilted);
        var folded = new double[points];
        for (var i = 0; i < tilted.Length; i++) folded[i & (points - 1)] += tilted[i];
        var (real, imaginary) = _fourier.Forward(folded);
        _factors.Add(new Factor(real, imaginary, times));
    }

    /// <summary>The convolution, and how far any entry of it may be from the truth.</summary>
    public (double[] Values, double Error) Result()
    {
        var size = ((points / 2) + 1 + 3) & ~3;
        var (real, imaginary) = (new double[size], new double[size]);
        var factors = _factors.ConvertAll(f => new Factor(Padded(f.Real, size), Padded(f.Imaginary, size), f.Times));
        var sum = Product(factors, real, imaginary);

        // Every entry of the inverse is a mean over N coefficients, of which all but two stand for a pair.
        var total = _factors.Sum(factor => (double)factor.Times);
        var error = 1.001 * 2 * sum / points * ((total * (_fourier.Error + (4 * UnitRoundoff))) + (2 * _fourier.Error));
        error += Math.Exp(Negligible);
        return (_fourier.Inverse(real[..((points / 2) + 1)], imaginary[..((points / 2) + 1)]), error);
    }

    private static double[] Padded(double[] values, int size)
    {
        Array.Resize(ref values, size);
        return values;
    }

    /// <summary>
    /// Writes the product, and returns the sum over the coefficients of what multiplies a factor's relative error: the
    /// product of all magnitudes, each enlarged by its own error, with one of the smallest left out.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Product(List<Factor> factors, double[] real, double[] imaginary)
    {
        var one = Vector256<double>.One;
        var (zero, half) = (Vector256<double>.Zero, Vector256.Create(0.5));
        var sums = zero;
        for (var k = 0; k < real.Length; k += 4)
        {
            var (log, least) = (zero, zero);
            foreach (var (factorRe, factorIm, times) in factors)
            {
                var re = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(factorRe), (nuint)k);
                var im = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(factorIm), (nuint)k);
                var magnitude = Vector256.Sqrt((re * re) + (im * im)) + Vector256.Create(_fourier.Error);
                var logOne = Vector256.Log(magnitude);
                log += logOne * Vector256.Create((double)times);
                least = Vector256.Min(least, logOne);
            }

            sums += Vector256.Exp(log - least);
            if (Vector256.LessThanAll(log, Vector256.Create(Negligible))) continue;
            var (productRe, productIm) = (one, zero);
            foreach (var (factorRe, factorIm, times) in factors)
            {
                var re = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(factorRe), (nuint)k);
                var im = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(factorIm), (nuint)k);
                for (var left = times; ; left >>= 1)
                {
                    if ((left & 1) == 1)
                    {
                        var turned = (productRe * im) + (productIm * re);
                        productRe = (productRe * re) - (productIm * im);
                        productIm = turned;
                    }

                    if (left <= 1) break;
                    (re, im) = ((re * re) - (im * im), (re * im) + (re * im));
                }
            }

            productRe.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(real), (nuint)k);
            productIm.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(imaginary), (nuint)k);
        }

        return Vector256.Sum(sums);
    }

    /// <summary>One kind of release: its coefficients and how often it is made.</summary>
    private readonly record struct Factor(double[] Real, double[] Imaginary, long Times);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Privacy;

/// <summary>
/// The discrete Fourier transform of N = 2^k real numbers, k &gt;= 3, as a complex one of N/2 (Stockham's self-sorting
/// form, radix 4). An output is a sum of inputs times products of at most log2(N) + 2 rounded factors, each off by less
/// than <see cref="UnitError"/>, so it is within <see cref="Error"/> of the truth for inputs whose magnitudes sum to 1.
/// </summary>
internal sealed class RealFourier
{
    // A complex product is off by sqrt(5) u (Brent, Percival and Zimmermann 2007), a sum by u, a root of unity by 5 u.
    private const double UnitError = 10 * 1.1102230246251565e-16;

    private readonly int _half;
    private readonly double[] _cos;
    private readonly double[] _sin;
    private double[] _spareReal;
    private double[] _spareImaginary;

    public RealFourier(int length)
    {
        if (length < 8 || (length & (length - 1)) != 0) throw new ArgumentOutOfRangeException(nameof(length));
        Length = length;
        _half = length / 2;
        (_cos, _sin) = Roots(length, 3 * length / 4);
        _spareReal = new double[_half];
        _spareImaginary = new double[_half];
    }

    public int Length { get; }

    /// <summary>Bound of the error of each output, relative to the sum of the inputs' magnitudes.</summary>
    public double Error => (Math.Log2(Length) + 2) * UnitError;

    /// <summary>Coefficients 0..N/2 of the numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double[] Real, double[] Imaginary) Forward(ReadOnlySpan<double> values)
    {
        if (values.Length != Length) throw new ArgumentException("the length differs", nameof(values));
        var (even, odd) = (new double[_half], new double[_half]);
        for (var i = 0; i < even.Length; i++)
        {
            even[i] = values[2 * i];
            odd[i] = values[(2 * i) + 1];
        }

        Transform(ref even, ref odd);
        var (real, imaginary) = (new double[_half + 1], new double[_half + 1]);
        for (var k = 0; k <= _half / 2; k++)
        {
            var (a, b) = (k, (_half - k) & (_half - 1));
            var (sumRe, sumIm) = ((even[a] + even[b]) / 2, (odd[a] - odd[b]) / 2);
            var (difRe, difIm) = ((even[a] - even[b]) / 2, (odd[a] + odd[b]) / 2);

            // X_k = sum - i w dif with w = cos - i sin; its mirror is the conjugate of sum + i w dif.
            var turnedRe = (difIm * _cos[k]) - (difRe * _sin[k]);
            var turnedIm = -(difRe * _cos[k]) - (difIm * _sin[k]);
            real[k] = sumRe + turnedRe;
            imaginary[k] = sumIm + turnedIm;
            real[_half - k] = sumRe - turnedRe;
            imaginary[_half - k] = turnedIm - sumIm;
        }

        return (real, imaginary);
    }

    /// <summary>The numbers that have these coefficients; the coefficients are used up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] Inverse(double[] real, double[] imaginary)
    {
        var (even, odd) = (new double[_half], new double[_half]);
        for (var k = 0; k <= _half / 2; k++)
        {
            var mirror = _half - k;
            var (sumRe, sumIm) = ((real[k] + real[mirror]) / 2, (imaginary[k] - imaginary[mirror]) / 2);
            var (difRe, difIm) = ((real[k] - real[mirror]) / 2, (imaginary[k] + imaginary[mirror]) / 2);

            // Z_k = sum + i conj(w) dif; its mirror is the conjugate of sum - i conj(w) dif.
            var turnedRe = -(difIm * _cos[k]) - (difRe * _sin[k]);
            var turnedIm = (difRe * _cos[k]) - (difIm * _sin[k]);
            even[k] = sumRe + turnedRe;
            odd[k] = sumIm + turnedIm;
            if (k == 0) continue;
            even[mirror] = sumRe - turnedRe;
            odd[mirror] = turnedIm - sumIm;
        }

        // The inverse is the transform with real and imaginary parts exchanged.
        Transform(ref odd, ref even);
        var values = new double[Length];
        var scale = 1.0 / _half;
        for (var i = 0; i < even.Length; i++)
        {
            values[2 * i] = even[i] * scale;
            values[(2 * i) + 1] = odd[i] * scale;
        }

        return values;
    }

    private void Transform(ref double[] real, ref double[] imaginary)
    {
        var stride = 1;
        for (var length = _half; length >= 4; length /= 4, stride *= 4)
        {
            if (stride == 1) FirstStage(real, imaginary, _spareReal, _spareImaginary);
            else Stage(real, imaginary, _spareReal, _spareImaginary, length / 4, stride);
            (real, _spareReal) = (_spareReal, real);
            (imaginary, _spareImaginary) = (_spareImaginary, imaginary);
            if (length / 4 == 2)
            {
                LastPairs(real, imaginary, stride * 4);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FirstStage(double[] fromRe, double[] fromIm, double[] toRe, double[] toIm)
    {
        var quarter = fromRe.Length / 4;
        for (var p = 0; p < quarter; p++)
        {
            var (a, b, c, d) = (p, p + quarter, p + (2 * quarter), p + (3 * quarter));
            var (sumRe, sumIm) = (fromRe[a] + fromRe[c], fromIm[a] + fromIm[c]);
            var (difRe, difIm) = (fromRe[a] - fromRe[c], fromIm[a] - fromIm[c]);
            var (otherRe, otherIm) = (fromRe[b] + fromRe[d], fromIm[b] + fromIm[d]);
            var (turnRe, turnIm) = (fromIm[d] - fromIm[b], fromRe[b] - fromRe[d]);
            var to = 4 * p;
            toRe[to] = sumRe + otherRe;
            toIm[to] = sumIm + otherIm;
            Turn(difRe - turnRe, difIm - turnIm, 2 * p, toRe, toIm, to + 1);
            Turn(sumRe - otherRe, sumIm - otherIm, 4 * p, toRe, toIm, to + 2);
            Turn(difRe + turnRe, difIm + turnIm, 6 * p, toRe, toIm, to + 3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Turn(double re, double im, int root, double[] toRe, double[] toIm, int to)
    {
        var (cos, sin) = (_cos[root], _sin[root]);
        toRe[to] = (re * cos) + (im * sin);
        toIm[to] = (im * cos) - (re * sin);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Stage(double[] fromRe, double[] fromIm, double[] toRe, double[] toIm, int quarter, int stride)
    {
        ref var inRe = ref MemoryMarshal.GetArrayDataReference(fromRe);
        ref var inIm = ref MemoryMarshal.GetArrayDataReference(fromIm);
        ref var outRe = ref MemoryMarshal.GetArrayDataReference(toRe);
        ref var outIm = ref MemoryMarshal.GetArrayDataReference(toIm);
        var apart = (nuint)(stride * quarter);
        for (var p = 0; p < quarter; p++)
        {
            var root = 2 * p * stride;
            var (cos1, sin1) = (Vector256.Create(_cos[root]), Vector256.Create(_sin[root]));
            var (cos2, sin2) = (Vector256.Create(_cos[2 * root]), Vector256.Create(_sin[2 * root]));
            var (cos3, sin3) = (Vector256.Create(_cos[3 * root]), Vector256.Create(_sin[3 * root]));
            for (var q = 0; q < stride; q += 4)
            {
                var from = (nuint)(q + (stride * p));
                var (aRe, aIm) = (Vector256.LoadUnsafe(ref inRe, from), Vector256.LoadUnsafe(ref inIm, from));
                var (bRe, bIm) = (Vector256.LoadUnsafe(ref inRe, from + apart),
                    Vector256.LoadUnsafe(ref inIm, from + apart));
                var (cRe, cIm) = (Vector256.LoadUnsafe(ref inRe, from + (2 * apart)),
                    Vector256.LoadUnsafe(ref inIm, from + (2 * apart)));
                var (dRe, dIm) = (Vector256.LoadUnsafe(ref inRe, from + (3 * apart)),
                    Vector256.LoadUnsafe(ref inIm, from + (3 * apart)));
                var (sumRe, sumIm, difRe, difIm) = (aRe + cRe, aIm + cIm, aRe - cRe, aIm - cIm);
                var (otherRe, otherIm, turnRe, turnIm) = (bRe + dRe, bIm + dIm, dIm - bIm, bRe - dRe);
                var to = (nuint)(q + (stride * 4 * p));
                (sumRe + otherRe).StoreUnsafe(ref outRe, to);
                (sumIm + otherIm).StoreUnsafe(ref outIm, to);
                to += (nuint)stride;
                var (re, im) = (difRe - turnRe, difIm - turnIm);
                ((re * cos1) + (im * sin1)).StoreUnsafe(ref outRe, to);
                ((im * cos1) - (re * sin1)).StoreUnsafe(ref outIm, to);
                to += (nuint)stride;
                (re, im) = (sumRe - otherRe, sumIm - otherIm);
                ((re * cos2) + (im * sin2)).StoreUnsafe(ref outRe, to);
                ((im * cos2) - (re * sin2)).StoreUnsafe(ref outIm, to);
                to += (nuint)stride;
                (re, im) = (difRe + turnRe, difIm + turnIm);
                ((re * cos3) + (im * sin3)).StoreUnsafe(ref outRe, to);
                ((im * cos3) - (re * sin3)).StoreUnsafe(ref outIm, to);
            }
        }
    }

    /// <summary>The stage of radix 2 that is left over where log2(N/2) is odd.</summary>
    private static void LastPairs(double[] real, double[] imaginary, int stride)
    {
        for (var q = 0; q < stride; q++)
        {
            (real[q], real[q + stride]) = (real[q] + real[q + stride], real[q] - real[q + stride]);
            (imaginary[q], imaginary[q + stride]) =
                (imaginary[q] + imaginary[q + stride], imaginary[q] - imaginary[q + stride]);
        }
    }

    /// <summary>cos and sin of 2 pi j/N: each is one product of two rounded ones, about sqrt(N) of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double[] Cos, double[] Sin) Roots(int length, int count)
    {
        var fine = 1 << ((int.Log2(length) + 1) / 2);
        var small = new (double Sin, double Cos)[fine];
        for (var j = 0; j < fine; j++) small[j] = Math.SinCos(2 * Math.PI * j / length);
        var (cos, sin) = (new double[count], new double[count]);
        for (var j = 0; j < count; j += fine)
        {
            var (baseSin, baseCos) = Math.SinCos(2 * Math.PI * j / length);
            for (var i = 0; i < fine && j + i < count; i++)
            {
                cos[j + i] = (baseCos * small[i].Cos) - (baseSin * small[i].Sin);
                sin[j + i] = (baseSin * small[i].Cos) + (baseCos * small[i].Sin);
            }
        }

        return (cos, sin);
    }
}

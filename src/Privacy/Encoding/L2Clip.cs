namespace FedMeta.Privacy;

/// <summary>
/// Clipping to an L2 ball. Privacy rests on the integer norm check that follows, not on these floats; they are kept so
/// exact that an honest vector never fails that check (docs/proofs/integer-norm.md).
/// </summary>
public static class L2Clip
{
    /// <summary>The factor min(1, C/norm); 1 for the zero vector; null where an entry is not finite.</summary>
    /// <param name="vector">Any vector.</param>
    /// <param name="clipNorm">C, finite and positive.</param>
    public static double? Factor(ReadOnlySpan<double> vector, double clipNorm)
    {
        if (Measure(vector, clipNorm) is not { } measure) return null;
        return measure.Largest == 0 ? 1 : Math.Min(1, clipNorm / measure.Largest / measure.Relative);
    }

    /// <summary>Writes the clipped vector; false, and nothing written, where an entry is not finite.</summary>
    /// <param name="vector">Any vector.</param>
    /// <param name="clipNorm">C, finite and positive.</param>
    /// <param name="result">Receives as many entries.</param>
    public static bool TryClip(ReadOnlySpan<double> vector, double clipNorm, Span<double> result)
    {
        if (Measure(vector, clipNorm) is not { } measure) return false;
        if (measure.Largest == 0 || clipNorm / measure.Largest >= measure.Relative)
        {
            vector.CopyTo(result);
            return true;
        }

        // Entry by entry: as one factor C/norm would lose its digits for entries near the largest double.
        var radius = clipNorm / measure.Relative;
        for (var j = 0; j < vector.Length; j++) result[j] = vector[j] / measure.Largest * radius;
        return true;
    }

    /// <summary>The largest magnitude, and the norm relative to it, between 1 and sqrt(d); null where an entry is not
    /// finite.</summary>
    private static (double Largest, double Relative)? Measure(ReadOnlySpan<double> vector, double clipNorm)
    {
        if (!double.IsFinite(clipNorm) || clipNorm <= 0) throw new ArgumentOutOfRangeException(nameof(clipNorm));
        var largest = 0.0;
        foreach (var entry in vector)
        {
            if (!double.IsFinite(entry)) return null;
            largest = Math.Max(largest, Math.Abs(entry));
        }

        if (largest == 0) return (0, 0);

        // Relative to the largest entry no square overflows. Kahan's summation: an error of two roundings, not of d.
        var (squares, lost) = (0.0, 0.0);
        foreach (var entry in vector)
        {
            var ratio = entry / largest;
            var square = (ratio * ratio) - lost;
            var next = squares + square;
            lost = next - squares - square;
            squares = next;
        }

        return (largest, Math.Sqrt(squares));
    }
}

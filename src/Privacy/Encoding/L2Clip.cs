namespace FedMeta.Privacy;

/// <summary>Clipping to an L2 ball. Privacy rests on the integer norm check that follows, not on these
/// floats.</summary>
public static class L2Clip
{
    /// <summary>The factor min(1, C/norm); 1 for the zero vector; null where an entry is not finite.</summary>
    /// <param name="vector">Any vector.</param>
    /// <param name="clipNorm">C, finite and positive.</param>
    public static double? Factor(ReadOnlySpan<double> vector, double clipNorm)
    {
        if (!double.IsFinite(clipNorm) || clipNorm <= 0) throw new ArgumentOutOfRangeException(nameof(clipNorm));
        var largest = 0.0;
        foreach (var entry in vector)
        {
            if (!double.IsFinite(entry)) return null;
            largest = Math.Max(largest, Math.Abs(entry));
        }

        if (largest == 0) return 1;

        // Relative to the largest entry no square overflows.
        var squares = 0.0;
        foreach (var entry in vector) squares += entry / largest * (entry / largest);
        return Math.Min(1, clipNorm / largest / Math.Sqrt(squares));
    }
}

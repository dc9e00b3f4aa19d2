using System.Numerics;
using System.Runtime.InteropServices;

namespace FedMeta.Learning;

/// <summary>
/// Arithmetic on flat vectors of equal length. Element-wise results are the same for any vector width; sums run over
/// four fixed lanes in double, so they are the same on every machine.
/// </summary>
public static class FlatVector
{
    /// <summary>target += factor * source.</summary>
    public static void AddScaled<T>(Span<T> target, T factor, ReadOnlySpan<T> source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSameLength(target.Length, source.Length);
        var wide = MemoryMarshal.Cast<T, Vector<T>>(target);
        var wideSource = MemoryMarshal.Cast<T, Vector<T>>(source);
        for (var i = 0; i < wide.Length; i++) wide[i] += wideSource[i] * factor;
        for (var i = wide.Length * Vector<T>.Count; i < target.Length; i++) target[i] += source[i] * factor;
    }

    /// <summary>target *= factor.</summary>
    public static void Scale<T>(Span<T> target, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var wide = MemoryMarshal.Cast<T, Vector<T>>(target);
        for (var i = 0; i < wide.Length; i++) wide[i] *= factor;
        for (var i = wide.Length * Vector<T>.Count; i < target.Length; i++) target[i] *= factor;
    }

    /// <summary>result = left - right.</summary>
    public static void Subtract<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSameLength(left.Length, right.Length);
        RequireSameLength(left.Length, result.Length);
        for (var i = 0; i < result.Length; i++) result[i] = left[i] - right[i];
    }

    /// <summary>The inner product, accumulated in double.</summary>
    public static double Dot<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSameLength(left.Length, right.Length);
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        var i = 0;
        for (; i + 3 < left.Length; i += 4)
        {
            s0 += double.CreateTruncating(left[i]) * double.CreateTruncating(right[i]);
            s1 += double.CreateTruncating(left[i + 1]) * double.CreateTruncating(right[i + 1]);
            s2 += double.CreateTruncating(left[i + 2]) * double.CreateTruncating(right[i + 2]);
            s3 += double.CreateTruncating(left[i + 3]) * double.CreateTruncating(right[i + 3]);
        }

        for (; i < left.Length; i++) s0 += double.CreateTruncating(left[i]) * double.CreateTruncating(right[i]);
        return s0 + s1 + (s2 + s3);
    }

    /// <summary>The Euclidean norm.</summary>
    public static double Norm<T>(ReadOnlySpan<T> vector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Math.Sqrt(Dot(vector, vector));

    /// <summary>Scales <paramref name="vector"/> down to norm <paramref name="bound"/> where it is longer.</summary>
    /// <returns>The norm before.</returns>
    public static double Clip<T>(Span<T> vector, double bound)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var norm = Norm<T>(vector);
        if (norm > bound) Scale(vector, T.CreateTruncating(bound / norm));
        return norm;
    }

    /// <summary>True where no element is NaN or infinite.</summary>
    public static bool IsFinite<T>(ReadOnlySpan<T> vector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var element in vector)
            if (!T.IsFinite(element)) return false;
        return true;
    }

    internal static void RequireSameLength(int expected, int actual)
    {
        if (expected != actual)
            throw new ArgumentException($"vectors of {expected} and {actual} elements do not go together");
    }
}

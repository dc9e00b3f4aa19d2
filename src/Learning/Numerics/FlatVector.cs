using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FedMeta.Learning;

/// <summary>
/// Arithmetic on flat vectors of equal length. Element-wise results are the same for any vector width; sums run over
/// sixteen fixed lanes in double, so they are the same on every machine.
/// </summary>
public static class FlatVector
{
    /// <summary>target += factor * source.</summary>
    public static void AddScaled<T>(Span<T> target, T factor, ReadOnlySpan<T> source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSameLength(target.Length, source.Length);
        var wide = Wide(target);
        var wideSource = Wide(source);
        for (var i = 0; i < wide.Length; i++) wide[i] += wideSource[i] * factor;
        for (var i = wide.Length * Vector<T>.Count; i < target.Length; i++) target[i] += source[i] * factor;
    }

    /// <summary>target += source.</summary>
    public static void Add<T>(Span<T> target, ReadOnlySpan<T> source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSameLength(target.Length, source.Length);
        var wide = Wide(target);
        var wideSource = Wide(source);
        for (var i = 0; i < wide.Length; i++) wide[i] += wideSource[i];
        for (var i = wide.Length * Vector<T>.Count; i < target.Length; i++) target[i] += source[i];
    }

    /// <summary>target *= factor.</summary>
    public static void Scale<T>(Span<T> target, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var wide = Wide(target);
        for (var i = 0; i < wide.Length; i++) wide[i] *= factor;
        for (var i = wide.Length * Vector<T>.Count; i < target.Length; i++) target[i] *= factor;
    }

    /// <summary>target *= factor, element by element.</summary>
    public static void Multiply<T>(Span<T> target, ReadOnlySpan<T> factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Multiply(target, factor, target);

    /// <summary>result = left * right, element by element.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSameLength(left.Length, right.Length);
        RequireSameLength(left.Length, result.Length);
        var a = Wide(left);
        var b = Wide(right);
        var wide = Wide(result);
        for (var i = 0; i < wide.Length; i++) wide[i] = a[i] * b[i];
        for (var i = wide.Length * Vector<T>.Count; i < left.Length; i++) result[i] = left[i] * right[i];
    }

    /// <summary>target -= left * right, element by element.</summary>
    public static void SubtractProduct<T>(Span<T> target, ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSameLength(target.Length, left.Length);
        RequireSameLength(target.Length, right.Length);
        var wide = Wide(target);
        var a = Wide(left);
        var b = Wide(right);
        for (var i = 0; i < wide.Length; i++) wide[i] -= a[i] * b[i];
        for (var i = wide.Length * Vector<T>.Count; i < target.Length; i++) target[i] -= left[i] * right[i];
    }

    /// <summary>result = left - right.</summary>
    public static void Subtract<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSameLength(left.Length, right.Length);
        RequireSameLength(left.Length, result.Length);
        var a = Wide(left);
        var b = Wide(right);
        var wide = Wide(result);
        for (var i = 0; i < wide.Length; i++) wide[i] = a[i] - b[i];
        for (var i = wide.Length * Vector<T>.Count; i < left.Length; i++) result[i] = left[i] - right[i];
    }

    /// <summary>The inner product, accumulated in double.</summary>
    public static double Dot<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSameLength(left.Length, right.Length);
        return DotProduct.Of(left, right);
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
        // x - x is zero for finite x alone.
        var wide = Wide(vector);
        for (var i = 0; i < wide.Length; i++)
            if (!Vector.EqualsAll(wide[i] - wide[i], Vector<T>.Zero)) return false;
        for (var i = wide.Length * Vector<T>.Count; i < vector.Length; i++)
            if (!T.IsFinite(vector[i])) return false;
        return true;
    }

    /// <summary>result = source where gate is positive, else 0; NaN counts as positive, because a broken theta must
    /// show, not vanish.</summary>
    internal static void PassWherePositive<T>(ReadOnlySpan<T> gate, ReadOnlySpan<T> source, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSameLength(gate.Length, source.Length);
        RequireSameLength(gate.Length, result.Length);
        var wideGate = Wide(gate);
        var from = Wide(source);
        var wide = Wide(result);
        for (var i = 0; i < wide.Length; i++)
            wide[i] = Vector.AndNot(from[i], Vector.LessThanOrEqual(wideGate[i], Vector<T>.Zero));
        for (var i = wide.Length * Vector<T>.Count; i < gate.Length; i++)
            result[i] = gate[i] <= T.Zero ? T.Zero : source[i];
    }

    /// <summary>result = 1 - y², the slope of tanh where its value is y.</summary>
    internal static void TanhSlope<T>(ReadOnlySpan<T> y, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSameLength(y.Length, result.Length);
        var from = Wide(y);
        var wide = Wide(result);
        for (var i = 0; i < wide.Length; i++) wide[i] = Vector<T>.One - (from[i] * from[i]);
        for (var i = wide.Length * Vector<T>.Count; i < y.Length; i++) result[i] = T.One - (y[i] * y[i]);
    }

    /// <summary>target -= 2 a b c, element by element.</summary>
    internal static void SubtractTwice<T>(
        Span<T> target, ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var wide = Wide(target);
        var wideA = Wide(a);
        var wideB = Wide(b);
        var wideC = Wide(c);
        for (var i = 0; i < wide.Length; i++)
        {
            var product = wideA[i] * wideB[i] * wideC[i];
            wide[i] -= product + product;
        }

        for (var i = wide.Length * Vector<T>.Count; i < target.Length; i++)
        {
            var product = a[i] * b[i] * c[i];
            target[i] -= product + product;
        }
    }

    internal static void RequireSameLength(int expected, int actual)
    {
        if (expected != actual) Refuse(expected, actual);
    }

    private static Span<Vector<T>> Wide<T>(Span<T> vector)
        where T : unmanaged => MemoryMarshal.Cast<T, Vector<T>>(vector);

    private static ReadOnlySpan<Vector<T>> Wide<T>(ReadOnlySpan<T> vector)
        where T : unmanaged => MemoryMarshal.Cast<T, Vector<T>>(vector);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Refuse(int expected, int actual) =>
        throw new ArgumentException($"vectors of {expected} and {actual} elements do not go together");
}

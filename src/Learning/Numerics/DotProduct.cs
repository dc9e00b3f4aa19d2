using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Learning;

/// <summary>
/// Sums of products in double over sixteen fixed lanes: lane i takes the elements i, i + 16, ..., each product fused
/// into its sum, and the lanes are added in one order. No vector width changes that.
/// </summary>
internal static class DotProduct
{
    private const int Lanes = 16;

    public static double Of<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<double> low = default, high = default;
        var i = 0;
        for (; i <= left.Length - Lanes; i += Lanes)
        {
            var a = left.Slice(i, Lanes);
            var b = right.Slice(i, Lanes);
            low = Vector512.FusedMultiplyAdd(Eight(a, 0), Eight(b, 0), low);
            high = Vector512.FusedMultiplyAdd(Eight(a, 8), Eight(b, 8), high);
        }

        if (i < left.Length)
        {
            Span<T> a = stackalloc T[Lanes], b = stackalloc T[Lanes];
            a.Clear();
            b.Clear();
            left[i..].CopyTo(a);
            right[i..].CopyTo(b);
            low = Vector512.FusedMultiplyAdd(Eight<T>(a, 0), Eight<T>(b, 0), low);
            high = Vector512.FusedMultiplyAdd(Eight<T>(a, 8), Eight<T>(b, 8), high);
        }

        var eight = low + high;
        var four = eight.GetLower() + eight.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    private static Vector512<double> Eight<T>(ReadOnlySpan<T> numbers, int at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double)) return Vector512.Create(MemoryMarshal.Cast<T, double>(numbers.Slice(at, 8)));
        var singles = Vector256.Create(MemoryMarshal.Cast<T, float>(numbers.Slice(at, 8)));
        return Vector512.Create(Vector256.WidenLower(singles), Vector256.WidenUpper(singles));
    }
}

using System.Numerics;
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
            low = AddProduct(left.Slice(i, 8), right.Slice(i, 8), low);
            high = AddProduct(left.Slice(i + 8, 8), right.Slice(i + 8, 8), high);
        }

        if (i < left.Length)
        {
            Span<T> a = stackalloc T[Lanes], b = stackalloc T[Lanes];
            a.Clear();
            b.Clear();
            left[i..].CopyTo(a);
            right[i..].CopyTo(b);
            low = AddProduct<T>(a[..8], b[..8], low);
            high = AddProduct<T>(a[8..], b[8..], high);
        }

        var eight = low + high;
        var four = eight.GetLower() + eight.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    private static Vector512<double> AddProduct<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Vector512<double> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vector512.FusedMultiplyAdd(EightDoubles.Load(a), EightDoubles.Load(b), sum);
}

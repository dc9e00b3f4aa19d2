using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Learning;

/// <summary>Eight numbers of either precision as doubles.</summary>
internal static class EightDoubles
{
    public static Vector512<double> Load<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double)) return Vector512.Create(MemoryMarshal.Cast<T, double>(numbers));
        var singles = Vector256.Create(MemoryMarshal.Cast<T, float>(numbers));
        return Vector512.Create(Vector256.WidenLower(singles), Vector256.WidenUpper(singles));
    }

    public static void Store<T>(Vector512<double> numbers, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double)) numbers.CopyTo(MemoryMarshal.Cast<T, double>(destination));
        else
            Vector256.Narrow(numbers.GetLower(), numbers.GetUpper())
                .CopyTo(MemoryMarshal.Cast<T, float>(destination));
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FedMeta.Learning;

/// <summary>Numbers that begin where a line of the processor's cache begins: a vector of 64 bytes that lies across two
/// lines costs twice.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class AlignedArray<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int LineBytes = 64;

    private readonly T[] _numbers;
    private readonly int _start;

    /// <summary>Zeros.</summary>
    /// <param name="length">How many numbers, 0 or more.</param>
    public AlignedArray(int length)
    {
        Length = length;
        _numbers = GC.AllocateArray<T>(checked(length + PerLine), pinned: true);
        var past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_numbers, 0) % LineBytes);
        _start = (LineBytes - past) % LineBytes / Unsafe.SizeOf<T>();
    }

    /// <summary>How many numbers fill a line.</summary>
    public static int PerLine => LineBytes / Unsafe.SizeOf<T>();

    /// <summary>How many numbers.</summary>
    public int Length { get; }

    /// <summary>Some of the numbers; on a line of the cache where <paramref name="start"/> is a multiple of
    /// <see cref="PerLine"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public Span<T> Slice(int start, int length) => _numbers.AsSpan(_start, Length).Slice(start, length);

    /// <summary>The rest of some scratch from the first line on, less than <see cref="PerLine"/> numbers shorter.
    /// Memory that moves meanwhile loses speed and nothing else.</summary>
    internal static Span<T> FromLine(Span<T> scratch)
    {
        var past = (int)(Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref scratch[0]) % LineBytes);
        return scratch[((LineBytes - past) % LineBytes / Unsafe.SizeOf<T>())..];
    }
}

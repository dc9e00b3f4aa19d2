using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FedMeta.Learning;

/// <summary>Numbers that begin where a line of the processor's cache begins: a vector of 64 bytes that lies across two
/// lines costs twice.</summary>
internal sealed class AlignedArray<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int LineBytes = 64;

    private readonly T[] _numbers;
    private readonly int _start;

    public AlignedArray(int length)
    {
        Length = length;
        _numbers = GC.AllocateArray<T>(checked(length + PerLine), pinned: true);
        var past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_numbers, 0) % LineBytes);
        _start = (LineBytes - past) % LineBytes / Unsafe.SizeOf<T>();
    }

    /// <summary>How many numbers fill a line.</summary>
    public static int PerLine => LineBytes / Unsafe.SizeOf<T>();

    public int Length { get; }

    public Span<T> Slice(int start, int length) => _numbers.AsSpan(_start + start, length);
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Learning;

/// <summary>
/// max(0, the largest of every 2x2 window), stride 2, of an image [height, side, channels] whose channels fill whole
/// vectors; an odd last row or column is dropped, as in PyTorch. Which pixel passes is decided by the value alone (the
/// first where several are equal; none where the largest is 0 or less), for the tangent and the adjoint as well.
/// </summary>
internal sealed class ReluPool<T>(int width, int side, int height)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int None = 4;
    private readonly int _half = side / 2;
    private readonly int _pooled = side / 2 * (height / 2);

    /// <summary>Pixels of the output.</summary>
    public int Pooled => _pooled;

    /// <param name="input">[height * side, width].</param>
    /// <param name="output">[Pooled, width].</param>
    /// <param name="winners">Receives [Pooled, width]: 0 .. 3 for the pixel that passed, 4 for none.</param>
    public void Forward(ReadOnlyDual<T> input, Dual<T> output, Span<T> winners)
    {
        Require(input.Value.Length, output.Value.Length, winners.Length);
        Choose(input.Value, output.Value, winners);
        if (!output.Tangent.IsEmpty) Pick(input.Tangent, output.Tangent, winners);
    }

    /// <summary>inputAdjoint = the output's adjoint at the winners, else 0.</summary>
    public void Adjoint(ReadOnlySpan<T> winners, ReadOnlyDual<T> outputAdjoint, Dual<T> inputAdjoint)
    {
        Require(inputAdjoint.Value.Length, outputAdjoint.Value.Length, winners.Length);
        Return(outputAdjoint.Value, inputAdjoint.Value, winners);
        if (!inputAdjoint.Tangent.IsEmpty) Return(outputAdjoint.Tangent, inputAdjoint.Tangent, winners);
    }

    private void Require(int input, int output, int winners)
    {
        var pooled = _pooled * width;
        if (input < side * height * width || output < pooled || winners < pooled)
            throw new ArgumentException("spans that are no image of this size");
    }

    private void Choose(ReadOnlySpan<T> input, Span<T> output, Span<T> winners)
    {
        var code1 = Vector512.Create(T.One);
        var code2 = code1 + code1;
        var code3 = code2 + code1;
        var none = Vector512.Create(T.CreateTruncating(None));
        for (var pixel = 0; pixel < _pooled; pixel++)
        {
            ref var window = ref Window(input, pixel);
            for (var i = 0; i < width; i += Vector512<T>.Count)
            {
                ref var corner = ref Unsafe.Add(ref window, i);
                var at = (nuint)((pixel * width) + i);
                var best = Vector512.LoadUnsafe(ref corner);
                var winner = Vector512<T>.Zero;
                Challenge(Vector512.LoadUnsafe(ref corner, (nuint)width), code1, ref best, ref winner);
                Challenge(Vector512.LoadUnsafe(ref corner, (nuint)(side * width)), code2, ref best, ref winner);
                Challenge(Vector512.LoadUnsafe(ref corner, (nuint)((side + 1) * width)), code3, ref best, ref winner);
                // "not <= 0" lets NaN through: a broken theta must show, not vanish.
                var shut = Vector512.LessThanOrEqual(best, Vector512<T>.Zero);
                Vector512.ConditionalSelect(shut, Vector512<T>.Zero, best)
                    .StoreUnsafe(ref MemoryMarshal.GetReference(output), at);
                Vector512.ConditionalSelect(shut, none, winner)
                    .StoreUnsafe(ref MemoryMarshal.GetReference(winners), at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Challenge(Vector512<T> rival, Vector512<T> code, ref Vector512<T> best, ref Vector512<T> winner)
    {
        var wins = Vector512.GreaterThan(rival, best) | ~Vector512.Equals(rival, rival);
        best = Vector512.ConditionalSelect(wins, rival, best);
        winner = Vector512.ConditionalSelect(wins, code, winner);
    }

    private void Pick(ReadOnlySpan<T> input, Span<T> output, ReadOnlySpan<T> winners)
    {
        for (var pixel = 0; pixel < _pooled; pixel++)
        {
            ref var window = ref Window(input, pixel);
            for (var i = 0; i < width; i += Vector512<T>.Count)
            {
                ref var corner = ref Unsafe.Add(ref window, i);
                var at = (nuint)((pixel * width) + i);
                var winner = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(winners), at);
                var picked = Vector512<T>.Zero;
                for (var k = 3; k >= 0; k--)
                    picked = Vector512.ConditionalSelect(
                        Vector512.Equals(winner, Vector512.Create(T.CreateTruncating(k))),
                        Vector512.LoadUnsafe(ref corner, OffsetOf(k)), picked);
                picked.StoreUnsafe(ref MemoryMarshal.GetReference(output), at);
            }
        }
    }

    private void Return(ReadOnlySpan<T> output, Span<T> input, ReadOnlySpan<T> winners)
    {
        if (side % 2 == 1 || height % 2 == 1) input[..(side * height * width)].Clear();
        for (var pixel = 0; pixel < _pooled; pixel++)
        {
            ref var window = ref Window(input, pixel);
            for (var i = 0; i < width; i += Vector512<T>.Count)
            {
                ref var corner = ref Unsafe.Add(ref window, i);
                var at = (nuint)((pixel * width) + i);
                var winner = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(winners), at);
                var adjoint = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(output), at);
                for (var k = 0; k < 4; k++)
                    Vector512.ConditionalSelect(
                            Vector512.Equals(winner, Vector512.Create(T.CreateTruncating(k))), adjoint, Vector512<T>.Zero)
                        .StoreUnsafe(ref corner, OffsetOf(k));
            }
        }
    }

    /// <summary>The first pixel of the window of a pooled pixel.</summary>
    private ref T Window(ReadOnlySpan<T> input, int pixel)
    {
        var (y, x) = Math.DivRem(pixel, _half);
        return ref Unsafe.Add(ref MemoryMarshal.GetReference(input), ((2 * y * side) + (2 * x)) * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nuint OffsetOf(int k) => (nuint)(((k / 2 * side) + (k % 2)) * width);
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace FedMeta.Learning;

/// <summary>
/// Up to six pixels of an image and up to two vectors of their channels, held in registers while the taps of a
/// convolution and the channels under each tap go by. The compiler makes one loop without a branch out of this text
/// for every number of pixels and vectors.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector type.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TPixels">Number of pixels, 1 .. 6.</typeparam>
/// <typeparam name="TWidth">Vectors of a pixel, 1 or 2.</typeparam>
internal abstract class PixelTile<T, TVector, TLanes, TPixels, TWidth> : VectorPair<T, TVector, TLanes, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<T, TVector>
    where TPixels : struct, ICount
    where TWidth : struct, ICount
{
    /// <summary>output[p] = start[p] + the sum over taps t and channels k of image[sources[t, p] + k] weights[t, k], every
    /// element one ascending chain of fused multiply-adds.</summary>
    /// <param name="taps">How many.</param>
    /// <param name="channels">Channels under each tap.</param>
    /// <param name="image">What <paramref name="sources"/> count from.</param>
    /// <param name="sources">Where the channels of the first tap of the first pixel start.</param>
    /// <param name="tapStride">From one tap's sources to the next tap's.</param>
    /// <param name="weights">The first weights; they lie tap after tap, channel after channel.</param>
    /// <param name="stride">From one channel's weights to the next, and from one pixel of the output to the
    /// next.</param>
    /// <param name="start">What the first pixel's chains start from.</param>
    /// <param name="startStride">From one pixel of the start to the next; 0 where all start alike.</param>
    /// <param name="output">The first pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        int taps, int channels, ref T image, ref int sources, nint tapStride, ref T weights, nint stride,
        ref T start, nint startStride, ref T output)
    {
        ref var c0 = ref output;
        ref var c1 = ref Unsafe.Add(ref c0, TPixels.Value > 1 ? stride : 0);
        ref var c2 = ref Unsafe.Add(ref c1, TPixels.Value > 2 ? stride : 0);
        ref var c3 = ref Unsafe.Add(ref c2, TPixels.Value > 3 ? stride : 0);
        ref var c4 = ref Unsafe.Add(ref c3, TPixels.Value > 4 ? stride : 0);
        ref var c5 = ref Unsafe.Add(ref c4, TPixels.Value > 5 ? stride : 0);
        TVector s0 = default, t0 = default;
        TVector s1 = default, t1 = default;
        TVector s2 = default, t2 = default;
        TVector s3 = default, t3 = default;
        TVector s4 = default, t4 = default;
        TVector s5 = default, t5 = default;
        if (TPixels.Value > 0) Load(ref start, out s0, out t0);
        if (TPixels.Value > 1) Load(ref Unsafe.Add(ref start, startStride), out s1, out t1);
        if (TPixels.Value > 2) Load(ref Unsafe.Add(ref start, 2 * startStride), out s2, out t2);
        if (TPixels.Value > 3) Load(ref Unsafe.Add(ref start, 3 * startStride), out s3, out t3);
        if (TPixels.Value > 4) Load(ref Unsafe.Add(ref start, 4 * startStride), out s4, out t4);
        if (TPixels.Value > 5) Load(ref Unsafe.Add(ref start, 5 * startStride), out s5, out t5);

        ref var row = ref weights;
        ref var source = ref sources;
        for (; taps > 0; taps--)
        {
            ref var x0 = ref Unsafe.Add(ref image, source);
            ref var x1 = ref Unsafe.Add(ref image, TPixels.Value > 1 ? Unsafe.Add(ref source, 1) : 0);
            ref var x2 = ref Unsafe.Add(ref image, TPixels.Value > 2 ? Unsafe.Add(ref source, 2) : 0);
            ref var x3 = ref Unsafe.Add(ref image, TPixels.Value > 3 ? Unsafe.Add(ref source, 3) : 0);
            ref var x4 = ref Unsafe.Add(ref image, TPixels.Value > 4 ? Unsafe.Add(ref source, 4) : 0);
            ref var x5 = ref Unsafe.Add(ref image, TPixels.Value > 5 ? Unsafe.Add(ref source, 5) : 0);
            for (nint k = 0; k < channels; k++)
            {
                Load(ref row, out var w0, out var w1);
                if (TPixels.Value > 0) Step(in Unsafe.Add(ref x0, k), w0, w1, ref s0, ref t0);
                if (TPixels.Value > 1) Step(in Unsafe.Add(ref x1, k), w0, w1, ref s1, ref t1);
                if (TPixels.Value > 2) Step(in Unsafe.Add(ref x2, k), w0, w1, ref s2, ref t2);
                if (TPixels.Value > 3) Step(in Unsafe.Add(ref x3, k), w0, w1, ref s3, ref t3);
                if (TPixels.Value > 4) Step(in Unsafe.Add(ref x4, k), w0, w1, ref s4, ref t4);
                if (TPixels.Value > 5) Step(in Unsafe.Add(ref x5, k), w0, w1, ref s5, ref t5);
                row = ref Unsafe.Add(ref row, stride);
            }

            source = ref Unsafe.Add(ref source, tapStride);
        }

        if (TPixels.Value > 0) Store(ref c0, s0, t0);
        if (TPixels.Value > 1) Store(ref c1, s1, t1);
        if (TPixels.Value > 2) Store(ref c2, s2, t2);
        if (TPixels.Value > 3) Store(ref c3, s3, t3);
        if (TPixels.Value > 4) Store(ref c4, s4, t4);
        if (TPixels.Value > 5) Store(ref c5, s5, t5);
    }
}

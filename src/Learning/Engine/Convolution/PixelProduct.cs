using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Learning;

/// <summary>
/// The two products of a convolution over an image [pixels, channels] whose channels fill whole vectors. Taps find
/// their pixels through a table, so that patches are never copied. Every element of a result is one ascending chain of
/// fused multiply-adds, whatever the vector width and the blocking.
/// </summary>
internal static class PixelProduct
{
    private const int PixelsOfTile = 6;
    private const int ChannelsOfTile = 6;

    // Pixels lie a power of two apart as often as not and then share few sets of the first-level cache.
    private const int PixelsTogether = 66;

    /// <summary>output = start + image * weights: every pixel, over all taps.</summary>
    /// <param name="pixels">Pixels of the output.</param>
    /// <param name="taps">Taps of the weights.</param>
    /// <param name="channels">Channels under each tap.</param>
    /// <param name="image">What <paramref name="sources"/> count from.</param>
    /// <param name="sources">[taps, tapStride], of which the first <paramref name="pixels"/> are read: where the tap's
    /// first channel lies in the image.</param>
    /// <param name="tapStride">Pixels of the table.</param>
    /// <param name="weights">[taps, channels, stride].</param>
    /// <param name="stride">Channels of the output, a multiple of the widest vector.</param>
    /// <param name="start">[stride], the same for every pixel; empty: what the output holds.</param>
    /// <param name="output">[pixels, stride].</param>
    public static void Correlate<T>(
        int pixels, int taps, int channels, ReadOnlySpan<T> image, ReadOnlySpan<int> sources, int tapStride,
        ReadOnlySpan<T> weights, int stride, ReadOnlySpan<T> start, Span<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(sources.Length >= ((taps - 1) * tapStride) + pixels && weights.Length >= taps * channels * stride
            && output.Length >= pixels * stride && (start.IsEmpty || start.Length >= stride), stride % Vector512<T>.Count);
        ref var x = ref MemoryMarshal.GetReference(image);
        ref var s = ref MemoryMarshal.GetReference(sources);
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var y = ref MemoryMarshal.GetReference(output);
        ref var y0 = ref start.IsEmpty ? ref y : ref MemoryMarshal.GetReference(start);
        var startStride = start.IsEmpty ? stride : 0;
        if (Vector512.IsHardwareAccelerated)
            Correlate<T, Vector512<T>, Lanes512<T>>(
                pixels, taps, channels, ref x, ref s, tapStride, ref w, stride, ref y0, startStride, ref y);
        else if (Vector256.IsHardwareAccelerated)
            Correlate<T, Vector256<T>, Lanes256<T>>(
                pixels, taps, channels, ref x, ref s, tapStride, ref w, stride, ref y0, startStride, ref y);
        else if (Vector128.IsHardwareAccelerated)
            Correlate<T, Vector128<T>, Lanes128<T>>(
                pixels, taps, channels, ref x, ref s, tapStride, ref w, stride, ref y0, startStride, ref y);
        else Correlate<T, T, SingleLane<T>>(
                pixels, taps, channels, ref x, ref s, tapStride, ref w, stride, ref y0, startStride, ref y);
    }

    /// <summary>weights += the adjoint by the weights of a correlation: every tap, over all pixels.</summary>
    /// <param name="pixels">Pixels of the adjoint.</param>
    /// <param name="taps">Taps of the weights.</param>
    /// <param name="channels">Channels under each tap.</param>
    /// <param name="image">What <paramref name="sources"/> count from.</param>
    /// <param name="sources">As there.</param>
    /// <param name="tapStride">As there.</param>
    /// <param name="adjoint">[pixels, stride].</param>
    /// <param name="stride">A multiple of the widest vector.</param>
    /// <param name="weights">[taps, channels, stride].</param>
    public static void AddOuter<T>(
        int pixels, int taps, int channels, ReadOnlySpan<T> image, ReadOnlySpan<int> sources, int tapStride,
        ReadOnlySpan<T> adjoint, int stride, Span<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(sources.Length >= ((taps - 1) * tapStride) + pixels && weights.Length >= taps * channels * stride
            && adjoint.Length >= pixels * stride, stride % Vector512<T>.Count);
        ref var x = ref MemoryMarshal.GetReference(image);
        ref var s = ref MemoryMarshal.GetReference(sources);
        ref var d = ref MemoryMarshal.GetReference(adjoint);
        ref var w = ref MemoryMarshal.GetReference(weights);
        if (Vector512.IsHardwareAccelerated)
            AddOuter<T, Vector512<T>, Lanes512<T>>(pixels, taps, channels, ref x, ref s, tapStride, ref d, stride, ref w);
        else if (Vector256.IsHardwareAccelerated)
            AddOuter<T, Vector256<T>, Lanes256<T>>(pixels, taps, channels, ref x, ref s, tapStride, ref d, stride, ref w);
        else if (Vector128.IsHardwareAccelerated)
            AddOuter<T, Vector128<T>, Lanes128<T>>(pixels, taps, channels, ref x, ref s, tapStride, ref d, stride, ref w);
        else AddOuter<T, T, SingleLane<T>>(pixels, taps, channels, ref x, ref s, tapStride, ref d, stride, ref w);
    }

    private static void Require(bool longEnough, int rest)
    {
        if (!longEnough || rest != 0) throw new ArgumentException("spans that do not go together");
    }

    private static void Correlate<T, TVector, TLanes>(
        int pixels, int taps, int channels, ref T image, ref int sources, int tapStride, ref T weights, int stride,
        ref T start, int startStride, ref T output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<T, TVector>
    {
        var column = 0;
        while (column < stride)
        {
            var wide = stride - column >= 2 * TLanes.Count;
            ref var w = ref Unsafe.Add(ref weights, column);
            ref var y0 = ref Unsafe.Add(ref start, column);
            ref var y = ref Unsafe.Add(ref output, column);
            if (wide)
                Pixels<T, TVector, TLanes, ICount.Two>(
                    pixels, taps, channels, ref image, ref sources, tapStride, ref w, stride, ref y0, startStride,
                    ref y);
            else
                Pixels<T, TVector, TLanes, ICount.One>(
                    pixels, taps, channels, ref image, ref sources, tapStride, ref w, stride, ref y0, startStride,
                    ref y);
            column += wide ? 2 * TLanes.Count : TLanes.Count;
        }
    }

    /// <summary>All pixels, in tiles of nearly equal length.</summary>
    private static void Pixels<T, TVector, TLanes, TWidth>(
        int pixels, int taps, int channels, ref T image, ref int sources, int tapStride, ref T weights, int stride,
        ref T start, int startStride, ref T output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<T, TVector>
        where TWidth : struct, ICount
    {
        var tiles = (pixels + PixelsOfTile - 1) / PixelsOfTile;
        var (length, longer) = Math.DivRem(pixels, tiles);
        for (var tile = 0; tile < tiles; tile++)
        {
            var here = tile < longer ? length + 1 : length;
            switch (here)
            {
                case 1:
                    PixelTile<T, TVector, TLanes, ICount.One, TWidth>.Run(
                        taps, channels, ref image, ref sources, tapStride, ref weights, stride,
                        ref start, startStride, ref output);
                    break;
                case 2:
                    PixelTile<T, TVector, TLanes, ICount.Two, TWidth>.Run(
                        taps, channels, ref image, ref sources, tapStride, ref weights, stride,
                        ref start, startStride, ref output);
                    break;
                case 3:
                    PixelTile<T, TVector, TLanes, ICount.Three, TWidth>.Run(
                        taps, channels, ref image, ref sources, tapStride, ref weights, stride,
                        ref start, startStride, ref output);
                    break;
                case 4:
                    PixelTile<T, TVector, TLanes, ICount.Four, TWidth>.Run(
                        taps, channels, ref image, ref sources, tapStride, ref weights, stride,
                        ref start, startStride, ref output);
                    break;
                case 5:
                    PixelTile<T, TVector, TLanes, ICount.Five, TWidth>.Run(
                        taps, channels, ref image, ref sources, tapStride, ref weights, stride,
                        ref start, startStride, ref output);
                    break;
                default:
                    PixelTile<T, TVector, TLanes, ICount.Six, TWidth>.Run(
                        taps, channels, ref image, ref sources, tapStride, ref weights, stride,
                        ref start, startStride, ref output);
                    break;
            }

            sources = ref Unsafe.Add(ref sources, here);
            start = ref Unsafe.Add(ref start, here * (nint)startStride);
            output = ref Unsafe.Add(ref output, here * (nint)stride);
        }
    }

    private static void AddOuter<T, TVector, TLanes>(
        int pixels, int taps, int channels, ref T image, ref int sources, int tapStride, ref T adjoint, int stride,
        ref T weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<T, TVector>
    {
        var tiles = (channels + ChannelsOfTile - 1) / ChannelsOfTile;
        var (length, longer) = Math.DivRem(channels, tiles);
        var parts = (pixels + PixelsTogether - 1) / PixelsTogether;
        for (var column = 0; column < stride;)
        {
            var wide = stride - column >= 2 * TLanes.Count;
            for (var part = 0; part < parts; part++)
            {
                var first = pixels * part / parts;
                var count = (pixels * (part + 1) / parts) - first;
                ref var d = ref Unsafe.Add(ref adjoint, (first * (nint)stride) + column);
                var channel = 0;
                for (var tile = 0; tile < tiles; tile++)
                {
                    var here = tile < longer ? length + 1 : length;
                    ref var x = ref Unsafe.Add(ref image, channel);
                    for (var tap = 0; tap < taps; tap++)
                    {
                        ref var s = ref Unsafe.Add(ref sources, (tap * tapStride) + first);
                        ref var w = ref Unsafe.Add(ref weights, (((tap * channels) + channel) * (nint)stride) + column);
                        if (wide)
                            Channels<T, TVector, TLanes, ICount.Two>(here, count, ref x, ref s, ref d, stride, ref w);
                        else
                            Channels<T, TVector, TLanes, ICount.One>(here, count, ref x, ref s, ref d, stride, ref w);
                    }

                    channel += here;
                }
            }

            column += wide ? 2 * TLanes.Count : TLanes.Count;
        }
    }

    private static void Channels<T, TVector, TLanes, TWidth>(
        int count, int pixels, ref T image, ref int sources, ref T adjoint, int stride, ref T weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<T, TVector>
        where TWidth : struct, ICount
    {
        switch (count)
        {
            case 1:
                WeightTile<T, TVector, TLanes, ICount.One, TWidth>.Run(
                    pixels, ref image, ref sources, ref adjoint, stride, ref weights);
                break;
            case 2:
                WeightTile<T, TVector, TLanes, ICount.Two, TWidth>.Run(
                    pixels, ref image, ref sources, ref adjoint, stride, ref weights);
                break;
            case 3:
                WeightTile<T, TVector, TLanes, ICount.Three, TWidth>.Run(
                    pixels, ref image, ref sources, ref adjoint, stride, ref weights);
                break;
            case 4:
                WeightTile<T, TVector, TLanes, ICount.Four, TWidth>.Run(
                    pixels, ref image, ref sources, ref adjoint, stride, ref weights);
                break;
            case 5:
                WeightTile<T, TVector, TLanes, ICount.Five, TWidth>.Run(
                    pixels, ref image, ref sources, ref adjoint, stride, ref weights);
                break;
            default:
                WeightTile<T, TVector, TLanes, ICount.Six, TWidth>.Run(
                    pixels, ref image, ref sources, ref adjoint, stride, ref weights);
                break;
        }
    }
}

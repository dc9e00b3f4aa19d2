using System.Numerics;
using System.Runtime.CompilerServices;

namespace FedMeta.Learning;

/// <summary>
/// The adjoint of up to six channels' weights under one tap, up to two vectors of each, held in registers while the
/// pixels of an image go by.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector type.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TChannels">Number of channels, 1 .. 6.</typeparam>
/// <typeparam name="TWidth">Vectors of a channel's weights, 1 or 2.</typeparam>
internal abstract class WeightTile<T, TVector, TLanes, TChannels, TWidth> : VectorPair<T, TVector, TLanes, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<T, TVector>
    where TChannels : struct, ICount
    where TWidth : struct, ICount
{
    /// <summary>weights[k] += the sum over pixels p of image[sources[p] + k] adjoint[p], every element one ascending
    /// chain of fused multiply-adds.</summary>
    /// <param name="pixels">How many.</param>
    /// <param name="image">What <paramref name="sources"/> count from: channel 0 of this tile.</param>
    /// <param name="sources">One for every pixel.</param>
    /// <param name="adjoint">The first pixel.</param>
    /// <param name="stride">From one pixel of the adjoint to the next, and from one channel's weights to the
    /// next.</param>
    /// <param name="weights">Those of channel 0 of this tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        int pixels, ref T image, ref int sources, ref T adjoint, nint stride, ref T weights)
    {
        ref var c0 = ref weights;
        ref var c1 = ref Unsafe.Add(ref c0, TChannels.Value > 1 ? stride : 0);
        ref var c2 = ref Unsafe.Add(ref c1, TChannels.Value > 2 ? stride : 0);
        ref var c3 = ref Unsafe.Add(ref c2, TChannels.Value > 3 ? stride : 0);
        ref var c4 = ref Unsafe.Add(ref c3, TChannels.Value > 4 ? stride : 0);
        ref var c5 = ref Unsafe.Add(ref c4, TChannels.Value > 5 ? stride : 0);
        TVector s0 = default, t0 = default;
        TVector s1 = default, t1 = default;
        TVector s2 = default, t2 = default;
        TVector s3 = default, t3 = default;
        TVector s4 = default, t4 = default;
        TVector s5 = default, t5 = default;
        if (TChannels.Value > 0) Load(ref c0, out s0, out t0);
        if (TChannels.Value > 1) Load(ref c1, out s1, out t1);
        if (TChannels.Value > 2) Load(ref c2, out s2, out t2);
        if (TChannels.Value > 3) Load(ref c3, out s3, out t3);
        if (TChannels.Value > 4) Load(ref c4, out s4, out t4);
        if (TChannels.Value > 5) Load(ref c5, out s5, out t5);

        ref var row = ref adjoint;
        for (nint p = 0; p < pixels; p++)
        {
            ref var x = ref Unsafe.Add(ref image, Unsafe.Add(ref sources, p));
            Load(ref row, out var d0, out var d1);
            if (TChannels.Value > 0) Step(in x, d0, d1, ref s0, ref t0);
            if (TChannels.Value > 1) Step(in Unsafe.Add(ref x, 1), d0, d1, ref s1, ref t1);
            if (TChannels.Value > 2) Step(in Unsafe.Add(ref x, 2), d0, d1, ref s2, ref t2);
            if (TChannels.Value > 3) Step(in Unsafe.Add(ref x, 3), d0, d1, ref s3, ref t3);
            if (TChannels.Value > 4) Step(in Unsafe.Add(ref x, 4), d0, d1, ref s4, ref t4);
            if (TChannels.Value > 5) Step(in Unsafe.Add(ref x, 5), d0, d1, ref s5, ref t5);
            row = ref Unsafe.Add(ref row, stride);
        }

        if (TChannels.Value > 0) Store(ref c0, s0, t0);
        if (TChannels.Value > 1) Store(ref c1, s1, t1);
        if (TChannels.Value > 2) Store(ref c2, s2, t2);
        if (TChannels.Value > 3) Store(ref c3, s3, t3);
        if (TChannels.Value > 4) Store(ref c4, s4, t4);
        if (TChannels.Value > 5) Store(ref c5, s5, t5);
    }
}

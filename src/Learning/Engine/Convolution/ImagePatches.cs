using System.Numerics;

namespace FedMeta.Learning;

/// <summary>What the first convolution of a net reads: an image [channels, side, side] as patches [side * side,
/// channels, 9 taps], zero outside. Few channels under nine taps are too little for the loops over pixels.</summary>
internal static class ImagePatches
{
    public static void Gather<T>(int channels, int side, ReadOnlySpan<T> image, Span<T> patches)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (pixels, width) = (side * side, 9 * channels);
        for (var y = 0; y < side; y++)
            for (var row = 0; row < 3 * channels; row++)
            {
                var (channel, from) = (row / 3, y + (row % 3) - 1);
                var at = patches[((y * side * width) + (3 * row))..];
                if ((uint)from >= (uint)side)
                {
                    for (var x = 0; x < side; x++) at.Slice(x * width, 3).Clear();
                    continue;
                }

                var line = image.Slice((channel * pixels) + (from * side), side);
                var (before, here) = (T.Zero, line[0]);
                for (var x = 0; x < side; x++)
                {
                    var after = x + 1 < side ? line[x + 1] : T.Zero;
                    var three = at.Slice(x * width, 3);
                    (three[0], three[1], three[2]) = (before, here, after);
                    (before, here) = (here, after);
                }
            }
    }
}

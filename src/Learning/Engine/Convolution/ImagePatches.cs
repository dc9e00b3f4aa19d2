using System.Numerics;

namespace FedMeta.Learning;

/// <summary>What the first convolution of a net reads: an image [channels, side, side] as patches [side * side, 9
/// taps, channels], zero outside. Few channels under nine taps are too little for the loops over pixels.</summary>
internal static class ImagePatches
{
    public static void Gather<T>(int channels, int side, ReadOnlySpan<T> image, Span<T> patches)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (pixels, width) = (side * side, 9 * channels);
        patches[..(pixels * width)].Clear();
        for (var channel = 0; channel < channels; channel++)
        {
            var plane = image.Slice(channel * pixels, pixels);
            for (var tap = 0; tap < 9; tap++)
            {
                var (dy, dx) = ((tap / 3) - 1, (tap % 3) - 1);
                for (var y = Math.Max(0, -dy); y < Math.Min(side, side - dy); y++)
                {
                    var from = plane.Slice((y + dy) * side, side);
                    var at = (y * side * width) + (tap * channels) + channel;
                    for (var x = Math.Max(0, -dx); x < Math.Min(side, side - dx); x++)
                        patches[at + (x * width)] = from[x + dx];
                }
            }
        }
    }
}

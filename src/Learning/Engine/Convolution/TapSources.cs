namespace FedMeta.Learning;

/// <summary>
/// Tables [taps, pixels] of where a tap finds its pixel in an image [pixels + 1, stride]. The pixel after the last is
/// zero and stands for everything outside.
/// </summary>
internal static class TapSources
{
    /// <summary>The nine neighbours of every pixel, row by row from the upper left.</summary>
    public static int[] Neighbours(int side, int stride)
    {
        var pixels = side * side;
        var sources = new int[9 * pixels];
        for (var i = 0; i < sources.Length; i++)
        {
            var (tap, pixel) = Math.DivRem(i, pixels);
            var y = (pixel / side) + (tap / 3) - 1;
            var x = (pixel % side) + (tap % 3) - 1;
            var inside = (uint)y < (uint)side && (uint)x < (uint)side;
            sources[i] = (inside ? (y * side) + x : pixels) * stride;
        }

        return sources;
    }

    /// <summary>One tap, which finds every pixel where it is.</summary>
    public static int[] Selves(int pixels, int stride)
    {
        var sources = new int[pixels];
        for (var i = 0; i < pixels; i++) sources[i] = i * stride;
        return sources;
    }
}

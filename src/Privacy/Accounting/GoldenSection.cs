namespace FedMeta.Privacy;

/// <summary>Golden-section search for the least value of a function that falls and then rises.</summary>
internal static class GoldenSection
{
    private const double Ratio = 0.61803398874989485;

    /// <summary>The least value that was seen on [low, high]; an upper bound of the true minimum whatever the
    /// function.</summary>
    public static double Minimum(Func<double, double> function, double low, double high)
    {
        var left = high - (Ratio * (high - low));
        var right = low + (Ratio * (high - low));
        var atLeft = function(left);
        var atRight = function(right);
        var least = Math.Min(atLeft, atRight);
        for (var step = 0; step < 100 && high - low > 1e-10; step++)
        {
            if (atLeft <= atRight)
            {
                high = right;
                (right, atRight) = (left, atLeft);
                left = high - (Ratio * (high - low));
                atLeft = function(left);
                least = Math.Min(least, atLeft);
            }
            else
            {
                low = left;
                (left, atLeft) = (right, atRight);
                right = low + (Ratio * (high - low));
                atRight = function(right);
                least = Math.Min(least, atRight);
            }
        }

        return least;
    }
}

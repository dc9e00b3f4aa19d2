namespace FedMeta.Privacy;

/// <summary>How fine and how wide a grid of losses may be: what a hostile schedule could make of it.</summary>
internal static class LossGrid
{
    /// <summary>Most points of one grid or window; 128 MiB of numbers.</summary>
    public const int MaxPoints = 1 << 24;

    public const double LeastInterval = 1e-7;
    public const double GreatestInterval = 1;

    /// <exception cref="ArgumentOutOfRangeException">The interval is not in [10^-7, 1].</exception>
    public static void RequireInterval(double interval)
    {
        if (!(interval is >= LeastInterval and <= GreatestInterval))
        {
            throw new ArgumentOutOfRangeException(
                nameof(interval), interval, $"the grid's interval lies in [{LeastInterval}, {GreatestInterval}]");
        }
    }

    /// <exception cref="ArgumentException">More points than <see cref="MaxPoints"/>, or not a number.</exception>
    public static void Require(double points, double interval)
    {
        if (!(points <= MaxPoints))
        {
            throw new ArgumentException(
                $"the losses need {points:0} grid points at interval {interval}, and at most {MaxPoints} are allowed; "
                + "use more noise, fewer rounds or a larger interval");
        }
    }
}

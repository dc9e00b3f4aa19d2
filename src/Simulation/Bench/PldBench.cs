using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Bench;

/// <summary>Times the accountant through what everybody calls.</summary>
internal static class PldBench
{
    private const int MaxRepeats = 1000;

    /// <param name="options">The schedule.</param>
    /// <param name="time">The clock on the wall.</param>
    /// <exception cref="FedMetaException">The accountant takes no such schedule; the message says why.</exception>
    public static PldBenchReport Run(PldBenchOptions options, TimeProvider time)
    {
        if (options.Repeats is < 1 or > MaxRepeats)
            throw new FedMetaException(ExitCode.Usage, $"--repeat is not in 1..{MaxRepeats}", "give 1 or more");
        if (options.Rounds < 1) throw new FedMetaException(ExitCode.Usage, "--rounds is below 1", "give 1 or more");
        try
        {
            var (cold, figure) = Once(options, time);
            var warm = new List<PldBenchTiming>();
            for (var i = 0; i < options.Repeats; i++) warm.Add(Once(options, time).Timing);
            return new PldBenchReport(options, figure, cold, warm);
        }
        catch (ArgumentException refused)
        {
            throw new FedMetaException(ExitCode.Usage, refused.Message, "change what is named");
        }
    }

    private static (PldBenchTiming Timing, PrivacyLossFigure Figure) Once(PldBenchOptions options, TimeProvider time)
    {
        // A question about one round has its distribution made, and costs next to nothing itself.
        var (wall, start) = (time.GetTimestamp(), CpuClock.ThreadSeconds);
        var one = PrivacyLossDistribution.Gaussian(options.Noise, options.Rate, options.Interval);
        one.Epsilon(options.Delta);
        var made = CpuClock.ThreadSeconds;
        var figure = one.Compose(options.Rounds).Figure(options.Delta);
        var end = CpuClock.ThreadSeconds;
        var timing = new PldBenchTiming(made - start, end - made, time.GetElapsedTime(wall).TotalSeconds);
        return (timing, figure);
    }
}

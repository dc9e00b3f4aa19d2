using System.Globalization;

namespace FedMeta.Server.Reports.Charts;

/// <summary>Numbers that all charts share.</summary>
internal static class Chart
{
    /// <summary>A coordinate as SVG wants it: invariant, at most two decimals.</summary>
    public static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A figure for people: four significant digits.</summary>
    public static string Figure(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A round step so that about five ticks cover the range from zero to <paramref name="top"/>.</summary>
    public static double TickStep(double top)
    {
        if (!(top > 0) || double.IsInfinity(top))
            return 1;
        var raw = top / 5;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / magnitude) switch
        {
            <= 1 => magnitude,
            <= 2 => 2 * magnitude,
            <= 5 => 5 * magnitude,
            _ => 10 * magnitude,
        };
    }
}

using System.Globalization;
using FedMeta.Learning;

namespace FedMeta.Server.Reports.Charts;

/// <summary>Numbers that all charts share.</summary>
internal static class Chart
{
    /// <summary>A coordinate as SVG wants it: invariant, at most two decimals.</summary>
    public static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A figure for people: four significant digits.</summary>
    public static string Figure(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A round step so that about five ticks cover the range from zero to <paramref name="top"/>.</summary>
    public static double TickStep(double top) =>
        top > 0 && double.IsFinite(top) ? RoundStep.From(top / 5) : 1;
}

using System.Globalization;

namespace FedMeta.Privacy;

/// <summary>Numbers in sentences: rounded away from what would flatter the claim.</summary>
internal static class ReportNumbers
{
    /// <summary>Beyond this epsilon a factor of odds is no longer a comfort and only its magnitude is told.</summary>
    public const double LargestTellingEpsilon = 7;

    public static string Epsilon(double epsilon) => Up(epsilon, 2);

    public static string Delta(double delta) => delta.ToString("0.##E+0", CultureInfo.InvariantCulture);

    public static string OddsFactor(double epsilon) => Up(Math.Exp(epsilon), epsilon < 2 ? 2 : 0);

    public static string Percent(double share) => Up(Math.Min(100, share * 100), 1);

    private static string Up(double value, int digits)
    {
        var scale = Math.Pow(10, digits);
        var format = digits == 0 ? "0" : "0." + new string('#', digits);
        return (Math.Ceiling((value * scale) - 1e-9) / scale).ToString(format, CultureInfo.InvariantCulture);
    }
}

using System.Globalization;

namespace FedMeta.Privacy;

/// <summary>Numbers for people, rounded away from what would flatter a claim.</summary>
public static class ReportNumbers
{
    /// <summary>Beyond this epsilon a factor of odds is no longer a comfort and only its magnitude is told.</summary>
    public const double LargestTellingEpsilon = 7;

    private const int Digits = 3;

    // What a calculation in floating point may lie above the number that it is meant to be.
    private const double Slack = 1e-9;

    /// <summary>Epsilon, rho or mu that an adversary gains: three significant digits, upwards.</summary>
    public static string Up(double value) => Rounded(value, Math.Ceiling, -Slack);

    /// <summary>What is left, or noise: three significant digits, downwards.</summary>
    public static string Down(double value) => Rounded(value, Math.Floor, Slack);

    /// <summary>Delta with an exponent: three significant digits, upwards.</summary>
    public static string Delta(double delta)
    {
        var magnitude = Math.Floor(Math.Log10(delta)) - (Digits - 1);
        var digits = Math.Ceiling((delta / Math.Pow(10, magnitude)) - Slack) * Math.Pow(10, magnitude);
        return digits.ToString("0.##e+0", CultureInfo.InvariantCulture);
    }

    /// <summary>So many, of which one: 1/delta, downwards, so that the chance is rounded up.</summary>
    public static string OneIn(double chance) => Many(Math.Floor((1 / chance) * (1 + Slack)));

    /// <summary>A number of people.</summary>
    public static string Many(double count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>e^epsilon, upwards.</summary>
    public static string OddsFactor(double epsilon) => Up(Math.Exp(epsilon));

    /// <summary>A share in percent, upwards, one decimal.</summary>
    public static string Percent(double share) =>
        (Math.Ceiling((Math.Min(100, share * 100) * 10) - Slack) / 10).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A share in percent, downwards, one decimal.</summary>
    public static string PercentDown(double share) =>
        (Math.Floor((Math.Max(0, share * 100) * 10) + Slack) / 10).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Rounded(double value, Func<double, double> whole, double slack)
    {
        if (value == 0 || !double.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);
        var magnitude = (int)Math.Floor(Math.Log10(Math.Abs(value))) - (Digits - 1);

        // Decimal keeps 0.1 as 0.1; whatever is too large or too small for it is written with an exponent.
        var scaled = (decimal)whole((value / Math.Pow(10, magnitude)) + slack);
        if (magnitude is >= -8 and <= 3)
        {
            var exact = magnitude < 0 ? scaled / Power(-magnitude) : scaled * Power(magnitude);
            return exact.ToString("0.############", CultureInfo.InvariantCulture);
        }

        return ((double)scaled * Math.Pow(10, magnitude)).ToString("0.##e+0", CultureInfo.InvariantCulture);
    }

    private static decimal Power(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}

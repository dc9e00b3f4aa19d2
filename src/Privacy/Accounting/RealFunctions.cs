namespace FedMeta.Privacy;

/// <summary>Elementary functions near their zeros, where the plain forms lose all digits (Kahan's
/// corrections).</summary>
internal static class RealFunctions
{
    /// <summary>ln(1 + x) to a few units in the last place, x &gt; -1.</summary>
    public static double Log1P(double x)
    {
        var sum = 1 + x;
        if (sum == 1) return x;
        return double.IsPositiveInfinity(sum) ? sum : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>e^x - 1 to a few units in the last place.</summary>
    public static double ExpM1(double x)
    {
        var power = Math.Exp(x);
        if (power == 1) return x;
        var less = power - 1;
        return less == -1 || double.IsPositiveInfinity(power) ? less : less * (x / Math.Log(power));
    }

    /// <summary>ln(e^x - 1) for x &gt; 0, without overflow.</summary>
    public static double LogExpM1(double x) => x > 40 ? x + Log1P(-Math.Exp(-x)) : Math.Log(ExpM1(x));

    /// <summary>ln(e^a + e^b), also where one of them is infinite.</summary>
    public static double LogAdd(double a, double b)
    {
        var (large, small) = a >= b ? (a, b) : (b, a);
        return double.IsInfinity(large) ? large : large + Log1P(Math.Exp(small - large));
    }
}

using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// A coin that shows heads with probability exp(-g), g = numerator/denominator &gt;= 0, without computing an
/// exponential: Canonne, Kamath and Steinke 2020, Algorithm 1 (von Neumann's series).
/// </summary>
internal static class BernoulliExponential
{
    public static bool Sample<T>(T numerator, T denominator, KeystreamRandom random)
        where T : IBinaryInteger<T>
    {
        while (numerator > denominator)
        {
            if (!AtMostOne(T.One, T.One, random)) return false;
            numerator -= denominator;
        }

        return AtMostOne(numerator, denominator, random);
    }

    /// <summary>exp(-g) for g in [0, 1]: the first k at which a coin of bias g/k fails is odd with that
    /// probability.</summary>
    private static bool AtMostOne<T>(T numerator, T denominator, KeystreamRandom random)
        where T : IBinaryInteger<T>
    {
        var odd = true;
        var bound = denominator;
        while (UniformInteger.Below(bound, random) < numerator)
        {
            odd = !odd;
            bound = checked(bound + denominator);
        }

        return odd;
    }
}

namespace FedMeta.Privacy;

/// <summary>How one scaled coordinate becomes an integer: the seam through which tests replace the random
/// rounding.</summary>
public interface ICoordinateRounding
{
    /// <summary>One of the two integers next to <paramref name="value"/>, which is finite and below 2^52 in
    /// magnitude.</summary>
    long Round(double value);
}

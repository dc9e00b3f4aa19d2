namespace FedMeta.Learning;

/// <summary>Steps of the ticks of a scale.</summary>
public static class RoundStep
{
    /// <summary>The least of 1, 2, 5 times a power of ten that is not below <paramref name="least"/>.</summary>
    /// <param name="least">Above 0 and finite.</param>
    public static double From(double least)
    {
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return (least / magnitude) switch
        {
            <= 1 => magnitude,
            <= 2 => 2 * magnitude,
            <= 5 => 5 * magnitude,
            _ => 10 * magnitude,
        };
    }
}

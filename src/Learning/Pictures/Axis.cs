namespace FedMeta.Learning;

/// <summary>A scale of round numbers that holds all values, and where they lie on paper.</summary>
internal sealed class Axis
{
    private readonly double _from, _to;

    /// <param name="values">What must fit; finite ones count.</param>
    /// <param name="from">Place of the low end on paper.</param>
    /// <param name="to">Place of the high end on paper.</param>
    /// <param name="ticks">About so many ticks.</param>
    /// <param name="most">What lies above need not fit.</param>
    public Axis(IEnumerable<double> values, double from, double to, int ticks = 5, double most = double.MaxValue)
    {
        (_from, _to) = (from, to);
        var finite = values.Where(double.IsFinite).Select(v => Math.Min(v, most)).DefaultIfEmpty(0).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        if (!(high - low > 1e-9)) (low, high) = (low - 0.06, high + 0.06);
        Step = RoundStep.From((high - low) / ticks);
        Low = Math.Floor(low / Step + 1e-9) * Step;
        High = Math.Ceiling(high / Step - 1e-9) * Step;
    }

    public double Low { get; }

    public double High { get; }

    public double Step { get; }

    /// <summary>Decimals that the ticks need.</summary>
    public string Format => Step >= 1 ? "0" : "0." + new string('0', (int)Math.Ceiling(-Math.Log10(Step) - 1e-9));

    public IEnumerable<double> Ticks =>
        Enumerable.Range(0, (int)Math.Round((High - Low) / Step) + 1).Select(i => Low + i * Step);

    /// <summary>The place of a value; what lies outside is put on the edge.</summary>
    public double At(double value) => _from + (Math.Clamp(value, Low, High) - Low) / (High - Low) * (_to - _from);
}

namespace FedMeta.Simulation.Check;

/// <summary>What was found in one column of one file.</summary>
internal sealed record ColumnResult(string Column, double Tolerance)
{
    /// <summary>How the deviation is measured: relative, absolute, or as the words say.</summary>
    public required string Measure { get; init; }

    public int Compared { get; set; }

    public int Failed { get; set; }

    /// <summary>
    /// The largest deviation seen, in units of <see cref="Measure"/>; not a number counts as infinite.
    /// </summary>
    public double Worst { get; set; }

    public string WorstRow { get; set; } = "";
}

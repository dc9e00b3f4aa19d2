namespace FedMeta.Learning.Tests.Oracles;

/// <summary>One comparison with a reference value.</summary>
/// <param name="Name">What was compared.</param>
/// <param name="Difference">max|ours - reference| / max|reference|; absolute where the reference is zero.</param>
/// <param name="Tolerance">What is allowed.</param>
public sealed record OracleResult(string Name, double Difference, double Tolerance)
{
    public bool Passed => Difference <= Tolerance; // false for NaN

    public static OracleResult Compare(
        string name, ReadOnlySpan<double> ours, ReadOnlySpan<double> reference, double tolerance)
    {
        if (ours.Length != reference.Length)
            return new OracleResult(name + " (length)", double.PositiveInfinity, tolerance);
        double difference = 0, scale = 0;
        for (var i = 0; i < ours.Length; i++)
        {
            // Max alone would lose a NaN.
            difference = double.IsNaN(ours[i]) ? double.NaN : Math.Max(difference, Math.Abs(ours[i] - reference[i]));
            if (double.IsNaN(difference)) break;
            scale = Math.Max(scale, Math.Abs(reference[i]));
        }

        return new OracleResult(name, scale > 0 ? difference / scale : difference, tolerance);
    }

    public static OracleResult Compare(string name, double ours, double reference, double tolerance) =>
        Compare(name, [ours], [reference], tolerance);
}

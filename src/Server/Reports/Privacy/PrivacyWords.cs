using System.Globalization;

namespace FedMeta.Server.Reports.Privacy;

/// <summary>The fixed sentences of the report. They claim nothing that the figures do not carry.</summary>
internal static class PrivacyWords
{
    /// <summary>The one sentence of the verdict box.</summary>
    public static string Verdict(bool within, string unit, double epsilon, double granted, double delta) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{(within ? "Within the approved budget" : "OVER the approved budget")}: the released models depend on any one {unit} by at most epsilon {epsilon:0.####} of {granted:0.####} at delta {delta:0.##e+0}.");

    /// <summary>What leaves a hospital besides the masked sums.</summary>
    public static IReadOnlyList<string> OtherReleases { get; } =
    [
        "none that depends on patients: no losses, metrics, counts or clip bits are sent; a round's messages are keys, shares, signatures and one masked vector of fixed length",
        "whether and when a hospital takes part is visible to the coordinator and to the other members",
    ];
}

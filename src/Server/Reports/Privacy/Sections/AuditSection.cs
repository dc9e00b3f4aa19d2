namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>The empirical audit: an attack with canaries on the whole pipeline, which bounds epsilon from below.</summary>
/// <param name="Status">not-run or run.</param>
/// <param name="Sentence">The result beside the claim, or what an audit would be.</param>
/// <param name="Result">What the attack found; null where none ran.</param>
internal sealed record AuditSection(string Status, string Sentence, AuditSection.Finding? Result)
{
    /// <summary>Of <c>Guesses</c> about <c>Canaries</c> pseudo-patients <c>Correct</c> were right, which proves with
    /// this confidence that epsilon is at least <c>EpsilonLowerBound</c> at this delta.</summary>
    internal sealed record Finding(double EpsilonLowerBound, double Delta, double Confidence, int Canaries, int Guesses,
        int Correct, long Record);
}

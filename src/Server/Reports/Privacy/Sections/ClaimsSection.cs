namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>The claims about everything released so far.</summary>
/// <param name="Headline">The claim that the budget enforces.</param>
/// <param name="DeltaRule">Which deltas a patient claim may have.</param>
/// <param name="Units">One entry for each unit and relation.</param>
/// <param name="Notes">How to read the table.</param>
internal sealed record ClaimsSection(ClaimsSection.HeadlinePart Headline, ClaimsSection.DeltaPart DeltaRule,
    IReadOnlyList<ClaimsSection.Unit> Units, IReadOnlyList<string> Notes)
{
    /// <summary>The answer in one sentence, with its parts. <c>EpsilonSpent</c> is null where the delta is
    /// refused.</summary>
    internal sealed record HeadlinePart(bool WithinBudget, string Unit, string Adjacency, string Adversary,
        double? EpsilonSpent, double EpsilonGranted, double Delta, string Sentence);

    /// <summary>No patient claim is made at a delta above <c>LargestDelta</c> = 1/(10 <c>PatientsAtLeast</c>); the
    /// study's delta is small enough for <c>PatientsAtMost</c>.</summary>
    internal sealed record DeltaPart(long PatientsAtLeast, double LargestDelta, long PatientsAtMost, string Sentence);

    /// <summary>All claims about one unit and one relation. <c>Sensitivity</c> is how many norm bounds B one unit moves
    /// a sum, null where there is no claim; <c>Refusal</c> then says why.</summary>
    internal sealed record Unit(string Protects, string Adjacency, int? Sensitivity, bool CountsSampling,
        string Method, string UsualMethod, string Refusal, IReadOnlyList<Row> Adversaries);

    /// <summary>One adversary: public, coordinator, peer or all-others, in <c>Words</c>; <c>Aggregation</c> says what is
    /// asked of secure aggregation.</summary>
    internal sealed record Row(string Adversary, int Colluders, string Words, string Aggregation, Figures WorstCase,
        Figures Realised, IReadOnlyList<Point> Curve);

    /// <summary>The numbers of a claim; <c>Epsilons</c> at the study's delta, a tenth and a hundredth.
    /// <c>TestPower</c> is the most that a test finds of those present which accuses one absent unit in a
    /// hundred.</summary>
    internal sealed record Figures(int LeastShares, string? Rho, double? Mu, double? Log10TauD, double TestPower,
        IReadOnlyList<Point> Epsilons);

    /// <summary>The claim at a delta, and beside it the usual figure, which nothing enforces; null where refused or not
    /// computed.</summary>
    internal sealed record Point(double Delta, double? Epsilon, double? Usual);
}

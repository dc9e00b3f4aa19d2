namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>What the figures rest on.</summary>
/// <param name="Trust">What has to be trusted, in sentences.</param>
/// <param name="Pyramid">The layers of NIST SP 800-226, top first, with this study's answer.</param>
/// <param name="Hazards">The hazards that it warns of, with this study's answer.</param>
internal sealed record LimitsSection(IReadOnlyList<string> Trust, IReadOnlyList<LimitsSection.Layer> Pyramid,
    IReadOnlyList<LimitsSection.Hazard> Hazards)
{
    /// <summary><c>Level</c> is top, middle or base; <c>Status</c> is answered, partly, hospital (its own duty) or
    /// open.</summary>
    internal sealed record Layer(string Level, string Name, string Status, string Answer);

    /// <summary>A hazard, with the same <c>Status</c>.</summary>
    internal sealed record Hazard(string Name, string Status, string Answer);
}

namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>What departs from the usual.</summary>
/// <param name="NearWraps">Opened sums in which a coordinate came near the edge of the ring.</param>
/// <param name="ParameterChanges">Changes of the signed parameters: there can be none.</param>
/// <param name="Items">Each with its record.</param>
/// <param name="NotVisible">What never leaves a hospital, so that no report can count it.</param>
internal sealed record DeviationsSection(int NearWraps, int ParameterChanges, IReadOnlyList<DeviationsSection.Deviation> Items,
    IReadOnlyList<string> NotVisible)
{
    /// <summary>One of them; <c>Kind</c> is a short name.</summary>
    internal sealed record Deviation(long Record, string Kind, string Text);
}

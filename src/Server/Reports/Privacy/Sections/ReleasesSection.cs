namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>What left the hospitals besides the masked sums.</summary>
/// <param name="DependsOnPatients">Whether any of it depends on patients' values.</param>
/// <param name="Items">Each with its charge.</param>
internal sealed record ReleasesSection(bool DependsOnPatients, IReadOnlyList<ReleasesSection.Release> Items)
{
    /// <summary><c>Charge</c> is rho in units of 2^-64, "0" where nothing is charged; <c>Why</c> explains it.</summary>
    internal sealed record Release(string What, string SeenBy, string Charge, string Why);
}

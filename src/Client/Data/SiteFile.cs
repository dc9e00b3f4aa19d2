using FedMeta.Client.Studies;

namespace FedMeta.Client.Data;

/// <summary>The hospital's CSV file.</summary>
internal sealed class SiteFile(string path, string clientId) : ISiteRows
{
    /// <inheritdoc/>
    public SiteData? Read(VerifiedStudy study, int minRows, out IReadOnlyList<DataProblem> problems)
    {
        var reading = CsvSource.Read(path, study.Data);
        problems = reading.Problems;
        if (reading.Table is not { } table) return null;
        var split = SiteSplit.Of(table, study.Seed, clientId);
        problems = [.. reading.Problems, .. SiteData.Check(table, split, study.Data, minRows)];
        return problems.All(problem => problem.IsWarning) ? SiteData.Of(table, study.Scaling, split) : null;
    }
}

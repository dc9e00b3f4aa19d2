using FedMeta.Client.Studies;
using FedMeta.Learning;

namespace FedMeta.Client.Data;

/// <summary>Reads the hospital's file as a study would, and counts. Nothing leaves.</summary>
internal static class DataInspection
{
    /// <summary>Inspects a file for one study.</summary>
    /// <param name="path">The file.</param>
    /// <param name="study">The study.</param>
    /// <param name="clientId">This hospital's id.</param>
    /// <param name="minRows">Fewest training rows, of study and policy together.</param>
    public static DataReport Run(string path, VerifiedStudy study, string clientId, int minRows)
    {
        var reading = CsvSource.Read(path, study.Data);
        if (reading.Table is not { } table)
            return new DataReport(study.Name, path, 0, 0, 0, 0, null, [], reading.Problems);
        var split = SiteSplit.Of(table, study.Seed, clientId);
        var shape = study.Shape;
        var tasks = shape.WholeSite ? 1 : TaskPartition.Count(split.Train.Length, shape.SupportShots, shape.QueryShots);
        tasks = Math.Min(tasks, study.Data.MaxRows ?? tasks);
        var columns = study.Data.Features.Select((name, column) =>
            ColumnQuality.Of(table, column, name, study.Scaling.Centre[column], study.Scaling.Scale[column]));
        List<DataProblem> problems = [.. reading.Problems, .. SiteData.Check(table, split, study.Data, minRows)];
        if (PatientDelta.Problem(study, split.Train.Length) is { } delta) problems.Add(delta);
        return new DataReport(study.Name, path, table.Rows, split.Train.Length, split.Test.Length, tasks, split.Seed,
            [.. columns], problems);
    }
}

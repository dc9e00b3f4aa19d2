using System.Globalization;
using CsvHelper;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>
/// Reads hospitals' patients with a published split from one CSV file: the columns center, fold (train or test) and
/// label (0 or 1); source_row is not read; every other column is a feature.
/// </summary>
internal static class HeartFile
{
    private const string Hint = "give the CSV file with the columns center, fold, the features and label";
    private static readonly string[] Named = ["center", "fold", "source_row", "label"];

    /// <summary>The hospitals in the order of the column "center".</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">What to call a value of that column; a value without a name keeps itself.</param>
    /// <exception cref="FedMetaException">The file is not there or not such a file.</exception>
    public static IReadOnlyList<HeartHospital> Read(
        string path, IReadOnlyDictionary<string, string> names)
    {
        var records = Records(path);
        if (records.Count < 2) throw Bad(path, "holds no patients");
        var header = records[0];
        var (center, fold, label) = (Column("center"), Column("fold"), Column("label"));
        int[] features = [.. Enumerable.Range(0, header.Length).Where(i => !Named.Contains(header[i]))];
        if (features.Length == 0) throw Bad(path, "has no column for a feature");
        var patients = new List<Patient>();
        for (var i = 1; i < records.Count; i++)
        {
            var (record, where) = (records[i], $"record {i + 1}");
            if (record.Length != header.Length)
                throw Bad(path, $"{where} has {record.Length} cells, the header {header.Length}");
            if (record[fold] is not ("train" or "test")) throw Bad(path, $"{where}: fold is neither train nor test");
            if (record[label] is not ("0" or "1")) throw Bad(path, $"{where}: label is neither 0 nor 1");
            patients.Add(new Patient(record[center], record[fold] == "train", record[label] == "1" ? 1 : 0,
                [.. features.Select(f => Number(record[f], header[f], where))]));
        }

        HeartHospital[] hospitals = [.. patients.GroupBy(p => p.Center).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Hospital(
                path, names.GetValueOrDefault(g.Key, g.Key), [.. features.Select(f => header[f])], [.. g]))];
        return hospitals.Length > 1 ? hospitals : throw Bad(path, "holds one hospital; a federation needs two");

        int Column(string name) => Array.IndexOf(header, name) is var at and >= 0
            ? at : throw Bad(path, $"has no column '{name}'");

        double Number(string cell, string column, string where) =>
            double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && double.IsFinite(value) ? value : throw Bad(path, $"{where}: {column} is no number");
    }

    private static HeartHospital Hospital(string path, string name, string[] features, Patient[] patients)
    {
        var all = new Learning.Batch<double>(patients.SelectMany(p => p.Features).ToArray(),
            patients.Select(p => p.Label).ToArray(), patients.Length);
        var folds = Enumerable.Range(0, patients.Length).ToLookup(i => patients[i].IsTraining);
        // Support, query and held-out patients must be different people.
        if (folds[true].Count() < 2 || !folds[false].Any())
            throw Bad(path, $"center {name} needs two patients to train on and one to test on");
        return new HeartHospital(name, features, all, [.. folds[true]], [.. folds[false]]);
    }

    private static List<string[]> Records(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            using var parser = new CsvParser(reader, CultureInfo.InvariantCulture);
            var records = new List<string[]>();
            while (parser.Read()) records.Add(parser.Record!);
            return records;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FedMetaException(ExitCode.Data, $"{path} cannot be read: {e.Message}", "check the path");
        }
        catch (CsvHelperException)
        {
            throw Bad(path, "is not a CSV file");
        }
    }

    private static FedMetaException Bad(string path, string what) => new(ExitCode.Data, $"{path}: {what}", Hint);

    private sealed record Patient(string Center, bool IsTraining, double Label, double[] Features);
}

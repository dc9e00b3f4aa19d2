using System.Text;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Splitting;

/// <summary>One CSV file with a column that names the hospital becomes one CSV file per hospital.</summary>
internal static class HospitalSplit
{
    /// <summary>Writes <c>OUT/NAME.csv</c> for every value of <paramref name="column"/>, without that column.</summary>
    /// <param name="file">CSV with a header line; quoted cells may hold commas and line ends.</param>
    /// <param name="column">The header of the column that names the hospital.</param>
    /// <param name="names">What to call a value, for example 0 = cleveland; a value without a name is
    /// COLUMN-VALUE.</param>
    /// <param name="folder">Made when it is not there; existing files are not overwritten.</param>
    /// <returns>The files with their number of patients, in order of name.</returns>
    /// <exception cref="FedMetaException">The file, the column or a value is not as it must be, or a file stands there
    /// already.</exception>
    public static IReadOnlyList<(string File, int Patients)> Write(
        string file, string column, IReadOnlyDictionary<string, string> names, string folder)
    {
        var records = Read(file);
        var header = records.Count > 0 ? records[0]
            : throw Data($"{file} is empty", "give a CSV file with a header line");
        var site = Array.IndexOf(header, column);
        if (site < 0) throw Data($"{file} has no column '{column}'", $"its columns are: {string.Join(", ", header)}");

        var hospitals = new SortedDictionary<string, List<string[]>>(StringComparer.Ordinal);
        for (var row = 1; row < records.Count; row++)
        {
            if (records[row].Length != header.Length)
                throw Data($"{file} record {row + 1} has {records[row].Length} cells, the header {header.Length}",
                    "mend the record");
            var name = NameOf(records[row][site].Trim(), column, names, file, row + 1);
            if (!hospitals.TryGetValue(name, out var patients)) hospitals[name] = patients = [];
            patients.Add(records[row]);
        }

        Directory.CreateDirectory(folder);
        var written = new List<(string, int)>();
        foreach (var (name, patients) in hospitals)
        {
            var target = Path.Combine(folder, name + ".csv");
            if (File.Exists(target)) throw Data($"{target} is there already", "choose an empty folder for --out");
            File.WriteAllText(target, Text([header, .. patients], site));
            written.Add((target, patients.Count));
        }

        return written;
    }

    private static string NameOf(string value, string column, IReadOnlyDictionary<string, string> names, string file,
        int record)
    {
        var name = names.TryGetValue(value, out var given) ? given : $"{column}-{value}";
        name = name.ToLowerInvariant();
        var allowed = name.Length is > 0 and <= 48
            && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
        return allowed
            ? name
            : throw Data($"{file} record {record}: '{value}' cannot be part of a file name here",
            $"name it: --name \"{value}=some-name\"");
    }

    private static string Text(IEnumerable<string[]> records, int without)
    {
        var text = new StringBuilder();
        foreach (var record in records)
            text.AppendJoin(',', record.Where((_, i) => i != without).Select(Quote)).Append('\n');
        return text.ToString();
    }

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal)
            + "\"";

    private static List<string[]> Read(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            using var parser = new CsvHelper.CsvParser(reader, System.Globalization.CultureInfo.InvariantCulture);
            var records = new List<string[]>();
            while (parser.Read()) records.Add(parser.Record!);
            return records;
        }
        catch (IOException e)
        {
            throw Data($"{file} cannot be read: {e.Message}", "check the path");
        }
        catch (CsvHelper.CsvHelperException e)
        {
            throw Data($"{file} is not a CSV file: {e.Message.Split('\n')[0].Trim()}", "check its quotes");
        }
    }

    private static FedMetaException Data(string what, string hint) => new(ExitCode.Data, what, hint);
}

using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace FedMeta.Client.Data;

/// <summary>
/// Reads a comma-separated UTF-8 file (RFC 4180) into a <see cref="SiteTable"/> by the study's column names. Strict:
/// what is not understood is an error with row and column, never a guess, and no message repeats a cell.
/// </summary>
internal static class CsvSource
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const long MaxBytes = 512L << 20;

    /// <summary>Most rows that are read.</summary>
    public const int MaxRows = 2_000_000;

    private const int MaxFieldCharacters = 10_000;

    /// <summary>Reads the whole file; never throws for what is in it.</summary>
    public static DataReading Read(string path, DataContract contract)
    {
        var problems = new List<DataProblem>();
        SiteTable? table = null;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (Acceptable(stream, problems)) table = Parse(stream, contract, problems);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(new(DataFault.FileMissing, $"there is no file '{path}'",
                "set 'data' in client.toml to the CSV file of this hospital"));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            problems.Add(new(DataFault.FileUnreadable, $"the file '{path}' cannot be read",
                "give the account that runs fedmeta-client the right to read it"));
        }
        catch (DecoderFallbackException)
        {
            problems.Add(NotUtf8());
        }
        catch (MaxFieldSizeException e)
        {
            problems.Add(new(DataFault.BadQuoting, $"a field near row {e.Context?.Parser?.RawRow} never ends",
                "look for a quote that is not closed"));
        }

        return new DataReading(problems.TrueForAll(problem => problem.IsWarning) ? table : null, problems);
    }

    private static bool Acceptable(FileStream stream, List<DataProblem> problems)
    {
        Span<byte> head = stackalloc byte[4];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (stream.Length == 0)
            problems.Add(new(DataFault.FileEmpty, "the file is empty", "export the data again"));
        else if (stream.Length > MaxBytes)
            problems.Add(new(DataFault.FileTooLarge,
                $"the file has {stream.Length >> 20} MiB; the limit is {MaxBytes >> 20}",
                "export only the columns that the study names"));
        else if (head[..read].StartsWith("PK"u8))
            problems.Add(new(DataFault.NotUtf8, "this is a workbook or an archive, not a CSV file",
                "save it as 'CSV UTF-8 (comma separated)'"));
        else if (read >= 2 && (head[0], head[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
            problems.Add(NotUtf8()); // the byte order marks of UTF-16
        return problems.Count == 0;
    }

    private static SiteTable? Parse(FileStream stream, DataContract contract, List<DataProblem> problems)
    {
        var badQuote = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            MaxFieldSize = MaxFieldCharacters,
            BadDataFound = _ => badQuote = true,
        };
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        using var parser = new CsvParser(reader, configuration);
        if (!parser.Read() || parser.Record is not { } names)
        {
            problems.Add(new(DataFault.FileEmpty, "the file is empty", "export the data again"));
            return null;
        }

        if (CsvHeader.Match(names, contract, problems) is not { } header) return null;
        var rows = new RowCollector(contract, header, problems);
        while (problems.Count < DataReading.MaxProblems && parser.Read() && parser.Record is { } cells)
        {
            if (badQuote)
            {
                problems.Add(new(DataFault.BadQuoting, $"a quote stands in the wrong place near row {parser.RawRow}",
                    "a quote inside a quoted field is written twice"));
                return null;
            }

            if (rows.Count == MaxRows)
            {
                problems.Add(new(DataFault.FileTooLarge, $"the file has more than {MaxRows} rows",
                    "export fewer patients"));
                return null;
            }

            rows.Add(cells, parser.RawRow);
        }

        return rows.Finish();
    }

    private static DataProblem NotUtf8() => new(DataFault.NotUtf8, "the file is not UTF-8 text",
        "save it as 'CSV UTF-8 (comma separated)'");
}

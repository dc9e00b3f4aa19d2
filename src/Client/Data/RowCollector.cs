namespace FedMeta.Client.Data;

/// <summary>Gathers checked rows into a <see cref="SiteTable"/> and says what is wrong with the others.</summary>
internal sealed class RowCollector(DataContract contract, CsvHeader header, List<DataProblem> problems)
{
    private const int MostNames = 5;

    private readonly List<double> _values = [];
    private readonly List<double> _labels = [];
    private readonly List<double> _times = [];
    private readonly List<bool> _test = [];

    /// <summary>Rows so far.</summary>
    public int Count => _labels.Count;

    /// <summary>Takes the cells of one row, which ends at line <paramref name="row"/> of the file (the header is
    /// 1).</summary>
    public void Add(string[] cells, int row)
    {
        if (cells.Length != header.Width)
        {
            Report(DataFault.RowWidth, $"row {row} has {cells.Length} fields and the header {header.Width}",
                "look for a comma that belongs into quotes, or a row that was cut off");
            return;
        }

        for (var i = 0; i < header.Features.Length; i++)
        {
            _values.Add(CellReader.Feature(cells[header.Features[i]], out var fault));
            if (fault is { } bad) ReportCell(bad, row, contract.Features[i], header.Features[i]);
        }

        _labels.Add(CellReader.Label(cells[header.Label], contract, out var labelFault));
        if (labelFault is { } wrong) ReportCell(wrong, row, contract.Label, header.Label);
        if (header.Time is { } time)
        {
            _times.Add(CellReader.Time(cells[time], out var timeFault));
            if (timeFault is { } bad) ReportCell(bad, row, contract.Time!, time);
        }

        if (header.Fold is not { } fold) return;
        var test = CellReader.Fold(cells[fold]);
        if (test is null) ReportCell(DataFault.BadFold, row, contract.Fold!, fold);
        _test.Add(test ?? false);
    }

    /// <summary>Checks what only the whole table shows; null where there is no usable table.</summary>
    public SiteTable? Finish()
    {
        if (problems.Count > 0) return null;
        if (Count == 0)
        {
            Report(DataFault.FileEmpty, "the file has a header and no rows", "export the data again");
            return null;
        }

        var table = new SiteTable(contract.Features.Count, [.. _values], [.. _labels],
            header.Fold is null ? null : [.. _test], header.Time is null ? null : [.. _times]);
        var kinds = Enumerable.Range(0, table.Features).ToLookup(column => Kind(table, column));
        if (kinds[ColumnKind.Empty].Count() == table.Features)
        {
            Report(DataFault.AllMissing, "every value of every feature is missing",
                "check that the export filled the columns");
            return null;
        }

        Warn(DataFault.ColumnEmpty, kinds[ColumnKind.Empty], "no value in any row",
            "every patient counts as having the study's centre there; the model learns nothing from it here");
        if (Count > 1)
        {
            Warn(DataFault.ColumnConstant, kinds[ColumnKind.Constant], "the same value in every row",
                "the model learns nothing from it here; where it should vary, check the export");
        }

        return table;
    }

    // One line for all of them: an image has hundreds of columns that never change.
    private void Warn(DataFault fault, IEnumerable<int> columns, string what, string hint)
    {
        var names = columns.Select(column => $"'{contract.Features[column]}'").ToList();
        if (names.Count == 0) return;
        var first = string.Join(", ", names.Take(MostNames));
        var text = names.Count == 1 ? $"the column {first} has {what}"
            : names.Count <= MostNames ? $"the columns {first} have {what}"
            : $"{names.Count} columns have {what}, among them {first}";
        problems.Add(new(fault, text, hint, IsWarning: true));
    }

    private static ColumnKind Kind(SiteTable table, int column)
    {
        var first = double.NaN;
        for (var row = 0; row < table.Rows; row++)
        {
            var value = table.Row(row)[column];
            if (double.IsNaN(value)) continue;
            if (double.IsNaN(first)) first = value;
            else if (value != first) return ColumnKind.Varied;
        }

        return double.IsNaN(first) ? ColumnKind.Empty : ColumnKind.Constant;
    }

    private enum ColumnKind
    {
        Varied,
        Constant,
        Empty,
    }

    private void ReportCell(DataFault fault, int row, string column, int position) => Report(fault, fault switch
    {
        DataFault.NotFinite => $"row {row}, column '{column}' (number {position + 1}) is not a finite number",
        DataFault.MissingLabel => $"row {row} has no label in column '{column}' (number {position + 1})",
        DataFault.BadLabel => $"row {row}, column '{column}' (number {position + 1}) is no label of this study",
        DataFault.MissingTime => $"row {row} has no time in column '{column}' (number {position + 1})",
        DataFault.BadTime => $"row {row}, column '{column}' (number {position + 1}) is no time above 0",
        DataFault.BadFold => $"row {row}, column '{column}' (number {position + 1}) is neither 'train' nor 'test'",
        _ => $"row {row}, column '{column}' (number {position + 1}) holds text where a number belongs",
    }, fault switch
    {
        DataFault.NotFinite => "leave the cell empty where the value is not known",
        DataFault.MissingLabel => "remove rows without a label",
        DataFault.BadLabel => contract.LabelKind switch
        {
            LabelKind.Binary => "labels are 0 and 1",
            LabelKind.ClassIndex => $"labels are whole numbers from 0 to {contract.Classes - 1}",
            _ => "labels are numbers from -1e12 to 1e12",
        },
        DataFault.MissingTime => "remove rows without a time",
        DataFault.BadTime => "a time counts from the same start for everyone; give patients with the event on the first "
            + "day a small time such as 0.5",
        DataFault.BadFold => "write 'train' or 'test', or remove the column",
        _ => "numbers use a point as decimal sign; a missing value is an empty cell, '?' or 'NA'",
    });

    private void Report(DataFault fault, string what, string hint)
    {
        if (problems.Count < DataReading.MaxProblems) problems.Add(new(fault, what, hint));
    }
}

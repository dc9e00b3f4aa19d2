namespace FedMeta.Simulation.Check;

/// <summary>A file with <c>columns</c>, <c>rows</c> and perhaps more tables of rows.</summary>
/// <param name="name">The file's name without extension.</param>
/// <param name="columns">Columns that no other format has together; they recognise a renamed file.</param>
internal abstract class TableFormat(string name, params string[] columns) : OracleFormat
{
    public override bool Recognises(OracleFile file) => file.Name == name ? file.Has("rows") : file.HasColumns(columns);

    public override void Check(OracleFile file, CheckReport report)
    {
        foreach (var table in file.Root.EnumerateObject()
            .Where(p => p.Value.ValueKind == System.Text.Json.JsonValueKind.Array))
        {
            var index = 0;
            foreach (var element in table.Value.EnumerateArray())
            {
                if (element.ValueKind != System.Text.Json.JsonValueKind.Object) break;
                var row = new OracleRow(table.Name, index++, element);
                Guarded(report, row.Id, () => CheckRow(file, row, report));
                if (!report.IsChecked(row.Id)) continue;
                foreach (var column in row.Unread)
                    report.ColumnNotChecked(column, ReasonFor(column) ?? "no function of FedMeta computes it");
            }
        }

        Guarded(report, "values", () => CheckValues(file, report));
        foreach (var value in RowsOf(file).Where(r => !r.EndsWith(']') && !report.Knows(r)))
            report.CannotCheck(value, "a value beside the tables, which no row takes or gives");
    }

    /// <summary>Compares the row, or says why it cannot be.</summary>
    protected abstract void CheckRow(OracleFile file, OracleRow row, CheckReport report);

    /// <summary>Compares values that stand beside the tables; none by default.</summary>
    protected virtual void CheckValues(OracleFile file, CheckReport report)
    {
    }

    /// <summary>Why a column stands in the file but is not compared; null for the general reason.</summary>
    protected virtual string? ReasonFor(string column) => null;
}

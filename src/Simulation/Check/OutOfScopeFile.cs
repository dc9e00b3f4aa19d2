namespace FedMeta.Simulation.Check;

/// <summary>
/// A known table of something that FedMeta does not do. Every row is named as not checkable, with the reason.
/// </summary>
internal sealed class OutOfScopeFile(string name, string reason, params string[] columns) : TableFormat(name, columns)
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report) =>
        report.CannotCheck(row.Id, reason);
}

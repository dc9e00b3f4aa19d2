using FedMeta.Protocol;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Audit;

/// <summary>
/// Checks an exported journal, checkpoints of it and a report made from it, without the coordinator: chain, order of
/// events, every signature of a hospital, the tree under every checkpoint, and every figure of the report by computing
/// it again. Stops at the first thing that does not hold.
/// </summary>
internal sealed class JournalAudit
{
    private readonly SignatureAudit _signatures;
    private readonly LedgerAudit _ledger;
    private readonly ReportAudit? _report;
    private readonly AuditFiles _files;
    private CoordinatorState _state = CoordinatorState.Empty;
    private AuditFinding? _finding;

    private JournalAudit(AuditFiles files)
    {
        var plans = new StudyPlans();
        _files = files;
        _signatures = new SignatureAudit(plans);
        _ledger = new LedgerAudit(plans, files.Keys);
        _report = files.Report is null ? null : new ReportAudit(plans);
    }

    /// <summary>Audits a journal's lines, and a privacy report in JSON if one is given.</summary>
    public static AuditResult Run(Stream journal, byte[]? report) =>
        RunWith(journal, new AuditFiles { Report = report is null ? null : ("the report", report) });

    /// <summary>Audits a journal's lines together with the files that belong to it.</summary>
    public static AuditResult RunWith(Stream journal, AuditFiles files) => new JournalAudit(files).Check(journal);

    private AuditResult Check(Stream journal)
    {
        var check = JournalFile.Verify(journal, Observe);
        if (_finding is null && !check.IsIntact)
            _finding = new AuditFinding(check.WrongRecord!.Value, check.Problem!);
        if (_finding is null && check.First is not (0 or 1))
            _finding = new AuditFinding(check.First, "the journal does not begin with its first record");
        _finding ??= _files.Checkpoints.Select(c => _ledger.Check(c.Content) is { } problem
            ? new AuditFinding(0, problem, c.Name)
            : null).FirstOrDefault(f => f is not null);
        _finding ??= _files.Report is { } report ? _report!.Finding(report.Name, report.Content) : null;
        return new AuditResult(check.Head.Sequence, check.Head.Hash.ToString(), _signatures.Decisions,
            _signatures.Spends, _signatures.Sums, _ledger.Checkpoints, _ledger.CoSignatures, _report?.Compared ?? 0,
            _finding);
    }

    private void Observe(JournalRecord record)
    {
        if (_finding is not null)
            return;
        var fact = FactCodec.Read(record.Type, record.Body);
        var next = fact is null ? null : _state.Apply(new Origin(record.Sequence, record.Time), fact);
        if (next is null)
        {
            _finding = new AuditFinding(record.Sequence, $"a record of type {record.Type} cannot stand here");
            return;
        }

        _state = next;
        if ((_signatures.Check(next, fact!) ?? _ledger.Check(next, fact!)) is { } problem)
            _finding = new AuditFinding(record.Sequence, problem);
        _ledger.Append(record);
        _report?.Observe(record, next, fact!);
    }
}

using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Server.Reports;
using FedMeta.Server.Reports.Privacy;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Audit;

/// <summary>
/// Checks an exported journal, and a report made from it, without the coordinator: chain, order of events, every
/// signature of
/// a hospital, and every figure of the report by computing it again. Stops at the first thing that does not hold.
/// </summary>
internal sealed class JournalAudit
{
    private readonly StudyPlans _plans = new();
    private readonly SignatureAudit _signatures;
    private CoordinatorState _state = CoordinatorState.Empty;
    private CoordinatorState? _atReport;
    private JournalHead _headAtReport;
    private AuditFinding? _finding;
    private PrivacyReport? _report;

    private JournalAudit() => _signatures = new SignatureAudit(_plans);

    /// <summary>Audits a journal's lines, and a privacy report in JSON if one is given.</summary>
    public static AuditResult Run(Stream journal, byte[]? report) => new JournalAudit().Check(journal, report);

    private AuditResult Check(Stream journal, byte[]? report)
    {
        if (report is not null)
            _report = Read(report);
        var check = JournalFile.Verify(journal, Observe);
        if (_finding is null && !check.IsIntact)
            _finding = new AuditFinding(check.WrongRecord!.Value, check.Problem!);
        if (_finding is null && check.First is not (0 or 1))
            _finding = new AuditFinding(check.First, "the journal does not begin with its first record");
        var figures = 0;
        if (_finding is null && report is not null)
            figures = CompareReport();
        return new AuditResult(check.Head.Sequence, check.Head.Hash.ToString(), _signatures.Decisions,
            _signatures.Spends,
            _signatures.Sums, figures, _finding);
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
        if (_signatures.Check(next, fact!) is { } problem)
            _finding = new AuditFinding(record.Sequence, problem);
        if (record.Sequence == _report?.Identity.LastRecord)
            (_atReport, _headAtReport) = (next, new JournalHead(record.Sequence, record.Hash));
    }

    private PrivacyReport? Read(byte[] report)
    {
        try
        {
            return JsonSerializer.Deserialize(report, ReportJson.Default.PrivacyReport);
        }
        catch (JsonException fault)
        {
            _finding = new AuditFinding(0, $"the report is not a FedMeta privacy report: {fault.Path ?? "not JSON"}");
            return null;
        }
    }

    // The report is recomputed as of the record that it was made at; the journal may have gone on since.
    private int CompareReport()
    {
        if (_atReport is not { } state || _report is not { } report
            || !state.Studies.TryGetValue(report.Identity.StudyHash, out var study))
        {
            _finding = new AuditFinding(0,
                "the report is not of this journal: its study or its last record is not here");
            return 0;
        }

        var right = PrivacyReportBuilder.Build(state, _headAtReport, study, _plans.Of(study));
        using var ours = JsonSerializer.SerializeToDocument(right, ReportJson.Default.PrivacyReport);
        using var theirs = JsonSerializer.SerializeToDocument(report, ReportJson.Default.PrivacyReport);
        var comparison = new FigureComparison();
        if (comparison.FirstDifference(ours.RootElement, theirs.RootElement, "") is { } difference)
            _finding = new AuditFinding(comparison.Record, difference);
        return comparison.Compared;
    }
}

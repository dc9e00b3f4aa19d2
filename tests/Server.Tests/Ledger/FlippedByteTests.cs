using FedMeta.Protocol;
using FedMeta.Server.Audit;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Tests.Ledger;

/// <summary>
/// Every byte of every file of an exported ledger is changed, and each change is found with its place. The chain alone
/// finds those of the journal before anything else of the audit is asked, which is why it is asked alone for each byte
/// and the whole audit for some of each line.
/// </summary>
public sealed class FlippedByteTests
{
    // Each byte gets one of these, its neighbours the others.
    private static readonly byte[] Patterns = [0x01, 0x20, 0x80, 0x28, 0xFF];

    [Fact]
    public async Task Every_changed_byte_of_every_file_is_found_with_its_place()
    {
        var ledger = await SmallLedger.MakeAsync();
        var right = ledger.Audit();
        Assert.Null(right.Finding);
        Assert.True(right is { Checkpoints: > 5, CoSignatures: >= 7, Figures: > 100 }, right.ToString());
        JournalBytes(ledger);
        CheckpointBytes(ledger);
        ReportBytes(ledger);
    }

    private static void JournalBytes(SmallLedger ledger)
    {
        var lines = new List<(int Start, int End)>();
        for (var start = 0; start < ledger.Journal.Length; start = lines[^1].End)
            lines.Add((start, start + ledger.Journal.AsSpan(start).IndexOf((byte)'\n') + 1));
        for (var i = 0; i < lines.Count; i++)
        {
            // A line is judged by itself and the end of the one before; a changed line feed glues the next one to it.
            var from = lines[Math.Max(0, i - 1)].Start;
            var part = ledger.Journal[from..lines[Math.Min(lines.Count - 1, i + 1)].End];
            for (var at = lines[i].Start; at < lines[i].End; at++)
            {
                var pattern = Patterns[at % Patterns.Length];
                part[at - from] ^= pattern;
                Assert.Equal(i + 1, JournalFile.Verify(new MemoryStream(part)).WrongRecord);
                part[at - from] ^= pattern;
            }

            Whole(ledger, i + 1, i % 2 == 0 ? (lines[i].Start + lines[i].End) / 2 : lines[i].End - 1);
        }
    }

    private static void Whole(SmallLedger ledger, int record, int at)
    {
        var journal = (byte[])ledger.Journal.Clone();
        journal[at] ^= 1;
        var finding = ledger.Audit(journal: journal).Finding!;
        Assert.Equal((record, $"record {record}"), ((int)finding.Record, finding.Where));
    }

    private static void CheckpointBytes(SmallLedger ledger)
    {
        var audit = Audited(ledger.Journal).Ledger;
        var note = (byte[])ledger.Checkpoint.Clone();
        Assert.Null(audit.Check(note));
        for (var at = 0; at < note.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                note[at] ^= (byte)(1 << bit);
                Assert.True(audit.Check(note) is not null, $"byte {at}, bit {bit}");
                if (at % 197 == 0 && bit == 0)
                    Assert.Equal(SmallLedger.CheckpointName, ledger.Audit(checkpoint: note).Finding?.Where);
                note[at] ^= (byte)(1 << bit);
            }
        }
    }

    private static void ReportBytes(SmallLedger ledger)
    {
        var report = (byte[])ledger.Report.Clone();
        var audit = Audited(ledger.Journal).Report;
        Assert.Null(audit.Finding(SmallLedger.ReportName, report));
        for (var at = 0; at < report.Length; at++)
        {
            var pattern = Patterns[at % Patterns.Length];
            report[at] ^= pattern;
            var finding = audit.Finding(SmallLedger.ReportName, report);
            Assert.True(finding is not null, $"byte {at}");
            Assert.StartsWith(SmallLedger.ReportName, finding.Where, StringComparison.Ordinal);
            if (at % 49_999 == 0)
                Assert.Equal(finding, ledger.Audit(report: report).Finding);
            report[at] ^= pattern;
        }
    }

    // The parts of the audit that look at other files, after the whole journal.
    private static (LedgerAudit Ledger, ReportAudit Report) Audited(byte[] journal)
    {
        var plans = new StudyPlans();
        var (ledger, report) = (new LedgerAudit(plans, []), new ReportAudit(plans));
        var state = CoordinatorState.Empty;
        JournalFile.Verify(new MemoryStream(journal), record =>
        {
            var fact = FactCodec.Read(record.Type, record.Body)!;
            state = state.Apply(new Origin(record.Sequence, record.Time), fact)!;
            Assert.Null(ledger.Check(state, fact));
            ledger.Append(record);
            report.Observe(record, state, fact);
        });
        return (ledger, report);
    }
}

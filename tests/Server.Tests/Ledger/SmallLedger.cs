using FedMeta.Server.Audit;
using FedMeta.Server.Ledger;
using FedMeta.Server.Reports;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Ledger;

/// <summary>A study of one round with a report, exported with its checkpoint, which two hospitals have signed.</summary>
internal sealed class SmallLedger
{
    public const string CheckpointName = "journal.checkpoint", ReportName = "privacy.json";

    private SmallLedger(byte[] journal, byte[] checkpoint, byte[] report) =>
        (Journal, Checkpoint, Report) = (journal, checkpoint, report);

    public byte[] Journal { get; }

    public byte[] Checkpoint { get; }

    public byte[] Report { get; }

    public static async Task<SmallLedger> MakeAsync()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1), size: 5);
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver && !s.Ledger.IsDue);
        return await ExportAsync(federation);
    }

    public static async Task<SmallLedger> ExportAsync(Federation federation)
    {
        foreach (var client in federation.Clients)
            Assert.True((await client.CoSignAsync()).Ack.Accepted);
        var report = federation.Host.Services.GetRequiredService<ReportDesk>().Make(federation.Study, "privacy",
            "json")!;
        var desk = federation.Host.Services.GetRequiredService<LedgerDesk>();
        var journal = desk.Export();
        foreach (var client in federation.Clients.Take(2))
            Assert.True((await client.CoSignAsync()).Ack.Accepted);
        return new SmallLedger(journal, desk.Checkpoint((ulong)journal.AsSpan().Count((byte)'\n'))!, report);
    }

    public AuditResult Audit(byte[]? journal = null, byte[]? checkpoint = null, byte[]? report = null) =>
        JournalAudit.RunWith(new MemoryStream(journal ?? Journal), new AuditFiles
        {
            Checkpoints = [(CheckpointName, checkpoint ?? Checkpoint)],
            Report = (ReportName, report ?? Report),
        });
}

using System.Text;
using FedMeta.Server.Audit;
using FedMeta.Server.Reports;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Audit;

public sealed class AuditTests
{
    [Fact]
    public async Task A_right_journal_and_report_hold_and_every_forgery_is_found()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        var report = federation.Host.Services.GetRequiredService<ReportDesk>().Make(federation.Study, "privacy",
            "json")!;
        using var lines = new MemoryStream();
        federation.Journal.Export(lines);
        var journal = lines.ToArray();

        var right = JournalAudit.Run(new MemoryStream(journal), report);
        Assert.Null(right.Finding);
        Assert.Equal((Federation.Size, Federation.Size, 1), (right.Decisions, right.Spends, right.Sums));
        Assert.True(right.Figures > 100);

        FlippedBytesAreFound(journal);
        FalseFiguresAreFound(journal, Encoding.UTF8.GetString(report));
    }

    [Fact]
    public void A_report_of_another_journal_is_not_accepted()
    {
        var result = JournalAudit.Run(new MemoryStream(), Encoding.UTF8.GetBytes("{}"));
        Assert.NotNull(result.Finding);
    }

    private static void FlippedBytesAreFound(byte[] journal)
    {
        for (var at = 0; at < journal.Length - 1; at += 997)
        {
            var forged = (byte[])journal.Clone();
            forged[at] ^= 1;
            var finding = JournalAudit.Run(new MemoryStream(forged), null).Finding;
            Assert.NotNull(finding);
            Assert.Equal(journal.AsSpan(0, at).Count((byte)'\n') + 1, finding.Record);
        }
    }

    private static void FalseFiguresAreFound(byte[] journal, string report)
    {
        foreach (var (from, to) in ((string, string)[])[
            ("\"within_budget\": true", "\"within_budget\": false"),
            ("\"attempts_charged\": 1", "\"attempts_charged\": 0"),
            ("\"signature_valid\": true", "\"signature_valid\": false"),
            ("\"threshold\": 4", "\"threshold\": 5"),
            ("\"state\": \"completed\"", "\"state\": \"running\"")])
        {
            Assert.Contains(from, report);
            var finding = JournalAudit.Run(new MemoryStream(journal), Encoding.UTF8.GetBytes(report.Replace(from, to,
                StringComparison.Ordinal))).Finding;
            Assert.NotNull(finding);
            Assert.Contains("the journal gives", finding.What);
        }
    }
}

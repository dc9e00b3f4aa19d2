using System.Text.Json;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Server.Audit;
using FedMeta.Server.Reports;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Reports;

public sealed class EmpiricalAuditTests
{
    private const string Found = """
        {"schema":"fedmeta-audit-run-1","code":"CODE","settings":{"canaries":2048,"guesses":200,"delta":1E-05,"level":0.05},"correct":162}
        """;

    [Fact]
    public async Task What_an_audit_found_stands_in_the_report_with_the_bound_that_its_counts_prove()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        Assert.Equal("not-run", Section(federation).GetProperty("status").GetString());
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        var code = federation.Study.Rounds[0].Inputs.Values.Select(i => Entry(i.Spend).Code.ToString()).Distinct()
            .Single();

        Assert.Contains("162 of 200", await federation.SucceedAsync("audit", "record", "test", Write(federation, code)));
        var section = Section(federation);
        Assert.Contains("of the build that every hospital", section.GetProperty("sentence").GetString());
        var result = section.GetProperty("result");
        Assert.Equal(OneRunAudit.EpsilonLowerBound(2048, 200, 162, 1e-5, 0.05),
            result.GetProperty("epsilon_lower_bound").GetDouble());
        Assert.Equal(federation.Study.Audit!.Value.Origin.Record, result.GetProperty("record").GetInt64());
        var report = Report(federation);
        Assert.Null(JournalAudit.Run(federation.Lines(), report).Finding);

        await federation.SucceedAsync("audit", "record", "test", Write(federation, new string('0', 64)));
        Assert.Contains("says nothing about them", Section(federation).GetProperty("sentence").GetString());
    }

    [Theory]
    [InlineData("\"correct\":162", "\"correct\":201")]
    [InlineData("\"guesses\":200", "\"guesses\":4000000000")]
    [InlineData("\"delta\":1E-05", "\"delta\":1")]
    [InlineData("\"level\":0.05", "\"level\":0")]
    [InlineData("fedmeta-audit-run-1", "another")]
    [InlineData("CODE", "00")]
    [InlineData("\"settings\"", "\"other\"")]
    [InlineData("{", "")]
    public async Task What_no_audit_can_have_found_is_refused(string part, string instead)
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        var file = Path.Combine(federation.Home.StateFolder, "audit.json");
        var text = Found.Replace(part, instead, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Replace("CODE", new string('a', 64), StringComparison.Ordinal));
        var (code, _, error) = await federation.CommandAsync("audit", "record", "test", file);
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.NotEmpty(error);
        Assert.Null(federation.Study.Audit);
    }

    [Fact]
    public async Task A_journal_with_impossible_findings_is_found()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        await federation.SucceedAsync("audit", "record", "test", Write(federation, new string('a', 64)));
        Assert.Null(federation.FindingAfter(fact => fact));
        Assert.NotNull(federation.FindingAfter(fact => fact is AuditRecorded found ? found with { Correct = 999 } : fact));
    }

    private static string Write(Federation federation, string code)
    {
        var file = Path.Combine(federation.Home.StateFolder, "audit.json");
        File.WriteAllText(file, Found.Replace("CODE", code, StringComparison.Ordinal));
        return file;
    }

    private static LedgerEntry Entry(string text)
    {
        Assert.True(LedgerEntry.TryRead(Convert.FromBase64String(text), out var entry));
        return entry;
    }

    private static byte[] Report(Federation federation) =>
        federation.Host.Services.GetRequiredService<ReportDesk>().Make(federation.Study, "privacy", "json")!;

    private static JsonElement Section(Federation federation)
    {
        using var report = JsonDocument.Parse(Report(federation));
        return report.RootElement.GetProperty("empirical_audit").Clone();
    }
}

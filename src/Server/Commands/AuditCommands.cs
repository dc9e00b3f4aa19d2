using System.CommandLine;
using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.Audit;

namespace FedMeta.Server.Commands;

/// <summary>audit verify | export.</summary>
internal static class AuditCommands
{
    private static readonly Argument<string> File = new("FILE") { Description = "An exported journal (JSON lines)" };
    private static readonly Argument<string> Study = new("STUDY") { Description = "Name or first characters of the hash" };
    private static readonly Option<string?> Report = new("--report") { Description = "A privacy report (JSON) to compute again", HelpName = "FILE" };
    private static readonly Option<string> To = new("-o", "--output")
    {
        Description = "File to write",
        Required = true,
        HelpName = "FILE"
    };

    /// <summary>The branch.</summary>
    public static Command Branch() => CommandLine.Branch("audit",
        "Export the journal, and check one without the coordinator.",
        CommandLine.Leaf("verify",
            "Check chain, order, signatures and, with --report, every figure of a privacy report.",
            "fedmeta audit verify journal.jsonl --report privacy.json", [File, Report], VerifyAsync),
        CommandLine.Leaf("export", "Write the journal as it is; it holds no secrets, updates or data.",
            "fedmeta audit export heart -o journal.jsonl", [Study, To], ExportAsync));

    private static Task<ExitCode> VerifyAsync(CommandScope scope, CancellationToken cancel)
    {
        var path = scope.Get(File);
        var report = scope.Get(Report) is { } named ? EnvironmentFaults.Explaining(named, () =>
            System.IO.File.ReadAllBytes(named)) : null;
        AuditResult result;
        using (var journal = EnvironmentFaults.Explaining(path, () => System.IO.File.OpenRead(path)))
            result = JournalAudit.Run(journal, report);
        if (scope.Json)
            scope.Out.WriteLine(JsonSerializer.Serialize(result, AuditJson.Default.AuditResult));
        if (result.Finding is { } finding)
        {
            var where = finding.Record > 0 ? $"record {finding.Record}" : "the report";
            throw new FedMetaException(ExitCode.AuditFailed, $"{where} does not hold: {finding.What}",
                "what stands before it was right; ask the coordinator's operator to explain, and keep the files");
        }

        if (!scope.Json)
        {
            scope.Out.WriteLine($"{path} holds: {result.Records} records, {result.Decisions} decisions, {result.Spends} ledger entries and {result.Sums} opened sums, every signature right");
            scope.Out.WriteLine($"last record {result.HeadHash}");
            if (report is not null)
                scope.Out.WriteLine($"the report holds: {result.Figures} values computed again");
        }

        return Task.FromResult(ExitCode.Ok);
    }

    private static async Task<ExitCode> ExportAsync(CommandScope scope, CancellationToken cancel)
    {
        var bytes = await OperatorConnection.AskAsync(scope, c => OperatorConnection.CollectAsync(
            c.ExportJournal(new StudySelector { Study = scope.Get(Study) }, cancellationToken: cancel), cancel))
                .ConfigureAwait(false);
        Output.File(scope, scope.Get(To)!, bytes);
        return ExitCode.Ok;
    }
}

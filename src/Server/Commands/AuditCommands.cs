using System.CommandLine;
using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.Audit;

namespace FedMeta.Server.Commands;

/// <summary>audit verify | export | compare | record.</summary>
internal static class AuditCommands
{
    private static readonly Argument<string> File = new("FILE") { Description = "An exported journal (JSON lines)" };
    private static readonly Argument<string> Study = new("STUDY") { Description = "Name or first characters of the hash" };
    private static readonly Option<string?> Report = new("--report") { Description = "A privacy report (JSON) to compute again", HelpName = "FILE" };
    private static readonly Option<string[]> Checkpoints = new("--checkpoint") { Description = "A checkpoint of the journal, from anyone; may be given often", HelpName = "FILE" };
    private static readonly Argument<string> Findings = new("FILE") { Description = "What fedmeta-sim audit-run -o wrote (JSON)" };
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
            "Check chain, order, signatures, checkpoints and, with --report, every figure of a privacy report.",
            "fedmeta audit verify journal.jsonl --checkpoint journal.checkpoint --report privacy.json",
            [File, Checkpoints, Report, CompareCommand.Key], VerifyAsync),
        CommandLine.Leaf("export", "Write the journal as it is, with no secrets, updates or data in it, and its checkpoint.",
            "fedmeta audit export heart -o journal.jsonl", [Study, To], ExportAsync),
        CompareCommand.Leaf(),
        CommandLine.Leaf("record", "Put what fedmeta-sim audit-run found on record, for section 8 of the privacy report.",
            "fedmeta audit record heart audit.json", [Study, Findings], RecordAsync));

    private static Task<ExitCode> VerifyAsync(CommandScope scope, CancellationToken cancel)
    {
        var path = scope.Get(File)!;
        var report = scope.Get(Report);
        var files = new AuditFiles
        {
            Checkpoints = [.. scope.Get(Checkpoints)!.Select(p => (Path.GetFileName(p), CheckpointFile.ReadBytes(p)))],
            Report = report is null ? null : (Path.GetFileName(report), EnvironmentFaults.Explaining(report, () =>
                System.IO.File.ReadAllBytes(report))),
            Keys = [.. CompareCommand.Keys(scope)],
        };
        AuditResult result;
        using (var journal = EnvironmentFaults.Explaining(path, () => System.IO.File.OpenRead(path)))
            result = JournalAudit.RunWith(journal, files);
        if (scope.Json)
            scope.Out.WriteLine(JsonSerializer.Serialize(result, AuditJson.Default.AuditResult));
        if (result.Finding is { } finding)
        {
            throw new FedMetaException(ExitCode.AuditFailed, $"{finding.Where} does not hold: {finding.What}",
                "what stands before it was right; ask the coordinator's operator to explain, and keep the files");
        }

        if (!scope.Json)
            Print(scope, path, files, result);
        return Task.FromResult(ExitCode.Ok);
    }

    private static void Print(CommandScope scope, string path, AuditFiles files, AuditResult result)
    {
        scope.Out.WriteLine($"{path} holds: {result.Records} records, {result.Decisions} decisions, {result.Spends} ledger entries and {result.Sums} opened sums, every signature right");
        scope.Out.WriteLine($"{result.Checkpoints} checkpoints of it hold, {result.CoSignatures} signatures of hospitals under them");
        if (files.Checkpoints.Count == 0)
            scope.Out.WriteLine("no checkpoint of another party was given (--checkpoint): whether all of them were shown this journal is not said");
        scope.Out.WriteLine($"last record {result.HeadHash}");
        if (files.Report is not null)
            scope.Out.WriteLine($"the report holds: {result.Figures} values computed again");
    }

    private static async Task<ExitCode> RecordAsync(CommandScope scope, CancellationToken cancel)
    {
        var found = AuditFile.Read(scope.Get(Findings)!, scope.Get(Study)!);
        var ack = await OperatorConnection.AskAsync(scope, c =>
            c.RecordAuditAsync(found, cancellationToken: cancel).ResponseAsync).ConfigureAwait(false);
        Output.Require(ack, "not recorded", ExitCode.Usage);
        scope.Out.WriteLine($"on record: {found.Correct} of {found.Guesses} guesses about {found.Canaries} canaries were right");
        return ExitCode.Ok;
    }

    private static async Task<ExitCode> ExportAsync(CommandScope scope, CancellationToken cancel)
    {
        var bytes = await OperatorConnection.AskAsync(scope, c => OperatorConnection.CollectAsync(
            c.ExportJournal(new StudySelector { Study = scope.Get(Study) }, cancellationToken: cancel), cancel))
                .ConfigureAwait(false);
        var to = scope.Get(To)!;
        if (Path.GetExtension(to) == ".checkpoint")
            throw new FedMetaException(ExitCode.Usage, "the journal's checkpoint is written beside it under that name",
                "name the journal otherwise, as in -o journal.jsonl");
        Output.File(scope, to, bytes);
        if (to == "-")
            return ExitCode.Ok;
        var records = (ulong)bytes.AsSpan().Count((byte)'\n');
        var note = await OperatorConnection.AskAsync(scope, c => OperatorConnection.CollectAsync(
            c.ExportCheckpoint(new CheckpointSelector { Records = records }, cancellationToken: cancel), cancel))
                .ConfigureAwait(false);
        Output.File(scope, Path.ChangeExtension(to, ".checkpoint"), note);
        return ExitCode.Ok;
    }
}

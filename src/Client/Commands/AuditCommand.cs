using System.CommandLine;
using FedMeta.Client.Ledger;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary><c>audit</c>: checks the hospital's journal, or a copy of one, and writes a copy.</summary>
internal static class AuditCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("audit", "Check or export this hospital's own records")
    {
        Verify(context),
        Export(context),
        CompareCommand.Create(context),
    };

    private static Command Verify(CommandContext context)
    {
        var file = new Argument<string?>("file")
        {
            Description = "An exported journal; without it this hospital's own",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new Command("verify", """
            Check the chain, every signature, every sum and every receipt of a hospital's journal, without a server
            Example: fedmeta-client audit verify journal.jsonl
            """)
        { file }.With(context, (own, parsed, _) =>
        {
            var outcome = parsed.GetValue(file) is { } path ? JournalAudit.Run(path) : OfTheHome(own);
            var code = outcome.WrongRecord is null ? ExitCode.Ok : ExitCode.AuditFailed;
            if (own.Json) return Task.FromResult(Output.Json(own, outcome, OutputShapes.Default.AuditOutcome, code));
            if (outcome.WrongRecord is { } wrong)
            {
                throw new FedMetaException(ExitCode.AuditFailed, $"record {wrong}: {outcome.Problem}",
                    "keep the folder as it is and show it to whoever audits the study");
            }

            own.Out.WriteLine($"{outcome.Records} records hold: chain, {outcome.Decisions} decisions, "
                + $"{outcome.Spends} spends, {outcome.Receipts} receipts");
            return Task.FromResult((int)code);
        });
    }

    private static Command Export(CommandContext context)
    {
        var output = new Option<string>("--output", "-o") { Description = "File to write", Required = true };
        return new Command("export", """
            Write the journal as it is: decisions, budget, what left, receipts; it holds no secrets and no data
            Example: fedmeta-client audit export -o journal.jsonl
            """)
        { output }.With(context, (own, parsed, _) =>
        {
            using var home = own.OpenHome();
            var path = Path.GetFullPath(parsed.GetRequiredValue(output));
            using var lines = new MemoryStream();
            home.Journal.Export(lines);
            DurableFile.Write(path, lines.ToArray());
            var checkpoint = Path.ChangeExtension(path, ".checkpoint");
            if (home.Journal.Ask(state => state.CoSigning.Last) is { } last)
            {
                DurableFile.Write(checkpoint, last.Note.ToBytes());
                if (!own.Json)
                {
                    own.Out.WriteLine($"wrote {checkpoint}: the coordinator's {last.Head.Size} records as checked here; "
                        + "hold it against another hospital's with: fedmeta-client audit compare");
                }
            }

            if (!own.Json) own.Out.WriteLine($"wrote {path}; check it with: fedmeta-client audit verify {path}");
            return Task.FromResult((int)ExitCode.Ok);
        });
    }

    private static AuditOutcome OfTheHome(CommandContext own)
    {
        using var home = own.OpenHome();
        return JournalAudit.Run(home.Journal.Records());
    }
}

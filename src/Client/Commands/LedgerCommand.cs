using System.CommandLine;
using System.Globalization;
using FedMeta.Client.Ledger;
using FedMeta.Protocol;
using Spectre.Console;

namespace FedMeta.Client.Commands;

/// <summary><c>ledger</c>: what this hospital spent and what left it.</summary>
internal static class LedgerCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = Show(context);
        command.Subcommands.Add(TrustCommand.Create(context));
        return command;
    }

    private static Command Show(CommandContext context) => new Command("ledger", """
        Epsilon per study, every kind of message that left this hospital with its bytes, and with whom it was summed
        Example: fedmeta-client ledger --json
        """).With(context, (own, _, _) =>
        {
            using var home = own.OpenHome();
            var report = LedgerReporter.Of(home.Journal, home.Policy);
            if (own.Json) return Task.FromResult(Output.Json(own, report, OutputShapes.Default.LedgerReport));
            own.Out.WriteLine("a patient of this hospital, all studies: epsilon "
                + $"{Output.Epsilon(report.PatientEpsilon)} of {Output.Epsilon(report.Limit)} "
                + $"at delta = {report.Delta}");
            var studies = new Table().AddColumns("study", "decision", "rounds sent", "epsilon", "delta", "unit",
                "document");
            foreach (var line in report.Studies)
            {
                studies.AddRow(Markup.Escape(line.Name), line.Decision, Text(line.Rounds), Output.Epsilon(line.Epsilon),
                    line.StudyDelta?.ToString(CultureInfo.InvariantCulture) ?? "?", line.Unit ?? "?", line.Hash[..12]);
            }

            var sent = new Table().AddColumns("study", "message", "count", "bytes", "last, UTC");
            foreach (var line in report.Sent)
            {
                sent.AddRow(Markup.Escape(line.Study), line.Message, Text(line.Count), Text(line.Bytes),
                    line.Last.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            }

            var receipts = new Table().AddColumns("study", "round", "summed with", "signed by", "kept, UTC", "record");
            foreach (var line in report.Receipts)
            {
                receipts.AddRow(Markup.Escape(line.Study),
                    line.Attempt == 1 ? Text(line.Round) : $"{Text(line.Round)}, attempt {Text(line.Attempt)}",
                    $"{Text(line.Included.Count - 1)} others", $"{Text(line.SignedBy.Count)} hospitals",
                    line.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Text(line.Record));
            }

            own.Console.Write(studies);
            own.Console.Write(sent);
            if (report.Receipts.Count > 0) own.Console.Write(receipts);
            return Task.FromResult((int)ExitCode.Ok);
        });

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

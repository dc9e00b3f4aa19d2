using System.CommandLine;
using FedMeta.Client.Ledger;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary><c>audit verify</c>: checks the hospital's own journal.</summary>
internal static class AuditCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("audit", "Check this hospital's own records")
    {
        new Command("verify", """
            Check the chain, every signature and every sum of this hospital's journal
            Example: fedmeta-client audit verify
            """).With(context, (own, _, _) =>
        {
            using var home = own.OpenHome();
            var outcome = JournalAudit.Run(home.Journal.Records());
            var code = outcome.WrongRecord is null ? ExitCode.Ok : ExitCode.AuditFailed;
            if (own.Json) return Task.FromResult(Output.Json(own, outcome, OutputShapes.Default.AuditOutcome, code));
            if (outcome.WrongRecord is { } wrong)
            {
                throw new FedMetaException(ExitCode.AuditFailed, $"record {wrong}: {outcome.Problem}",
                    "keep the folder as it is and show it to whoever audits the study");
            }

            own.Out.WriteLine($"{outcome.Records} records hold: chain, {outcome.Decisions} decisions, "
                + $"{outcome.Spends} spend statements");
            return Task.FromResult((int)code);
        }),
    };
}

using System.CommandLine;
using FedMeta.Client.Ledger;
using FedMeta.Client.Studies;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary><c>ledger trust</c>: somebody at this hospital decides to go on after the coordinator broke its
/// ledger.</summary>
internal static class TrustCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var reason = new Option<string>("--reason") { Description = "Why, for the journal", Required = true };
        var by = new Option<string?>("--by") { Description = "Who decides, where the policy names approvers" };
        return new Command("trust", """
            Go on with a coordinator that broke its ledger, after you know why; the next checkpoint is the first again
            Example: fedmeta-client ledger trust --reason "restored from the backup of Monday, seen by us"
            """)
        { reason, by }.With(context, (own, parsed, _) =>
        {
            using var home = own.OpenHome();
            var (why, who) = (parsed.GetRequiredValue(reason), parsed.GetValue(by) ?? "");
            StudyDecider.CheckApprover(home.Policy, who);
            if (!PlainText.IsOneLine(why, StudyDecision.MaxReason))
            {
                throw new FedMetaException(ExitCode.Usage,
                    $"a reason is one line of 1 to {StudyDecision.MaxReason} characters", "give --reason \"TEXT\"");
            }

            var trusted = false;
            home.Journal.RecordIf(
                state => (trusted = state.CoSigning.Violation is not null) ? new LedgerTrusted(why, who) : null,
                FactTypes.Trusted, FactShapes.Default.LedgerTrusted);
            if (!trusted)
            {
                throw new FedMetaException(ExitCode.Usage, "this hospital has found nothing wrong with the ledger",
                    "there is nothing to decide; 'fedmeta-client run' goes on by itself");
            }

            if (!own.Json) own.Out.WriteLine("on record; start the agent again: fedmeta-client run");
            return Task.FromResult((int)ExitCode.Ok);
        });
    }
}

using System.CommandLine;
using FedMeta.Client.Connection;
using FedMeta.Client.Enrolment;
using FedMeta.Client.Ledger;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;

namespace FedMeta.Client.Commands;

/// <summary><c>status</c>: who this hospital is and where it stands.</summary>
internal static class StatusCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new Command("status", """
        Who this hospital is, whether it is enrolled, what it has spent
        Example: fedmeta-client status
        """).With(context, async (own, _, stop) =>
        {
            using var home = own.OpenHome();
            var (state, code) = await EnrolmentAsync(own, home, stop);
            var ledger = LedgerReporter.Of(home.Journal, home.Policy);
            var witness = home.Journal.Ask(each => each.CoSigning);
            var status = new StatusOutput(home.Settings.ClientId, home.Settings.Name, home.Settings.Server.ToString(),
                home.Identity.Fingerprint, state, ledger.PatientEpsilon, ledger.Limit, ledger.Delta,
                ledger.Receipts.Count, witness.Last?.Head.Size ?? 0, witness.Others, witness.Violation?.What ?? "");
            if (own.Json) return Output.Json(own, status, OutputShapes.Default.StatusOutput, code);
            own.Out.WriteLine($"{status.Name} ({status.ClientId}) at {status.Server}: {status.State}");
            own.Out.WriteLine($"key in six words: {status.Fingerprint}");
            own.Out.WriteLine($"epsilon spent for a patient, all studies: {Output.Epsilon(status.PatientEpsilon)} of "
                + $"{Output.Epsilon(status.Limit)} at delta = {status.Delta}");
            own.Out.WriteLine($"receipts of sums that this hospital is in: {status.Receipts}"
                + (ledger.Receipts is [.., var last]
                    ? $", the last with {last.Included.Count - 1} others ({last.Study}, round {last.Round})"
                    : ""));
            own.Out.WriteLine(Ledger(status));
            return (int)code;
        });

    private static string Ledger(StatusOutput status) => status switch
    {
        { LedgerViolation.Length: > 0 } => $"the coordinator broke its ledger: {status.LedgerViolation}; "
            + "nothing is answered until: fedmeta-client ledger trust --reason TEXT",
        { LedgerRecords: 0 } => "the coordinator's ledger: no checkpoint was signed yet",
        _ => $"the coordinator's ledger: checked and signed up to record {status.LedgerRecords}; "
            + $"{status.LedgerOthers.Count} others had signed the checkpoint before",
    };

    private static async Task<(string, ExitCode)> EnrolmentAsync(
        CommandContext own, Homes.OpenedHome home, CancellationToken stop)
    {
        using var connection = ServerConnection.Of(home.Settings, own.Time);
        var membership = new Membership(connection, home.Home, home.Identity, home.Settings.ClientId, own.Time);
        try
        {
            var state = await membership.RefreshAsync(stop);
            return state == EnrolmentStatus.Types.State.Approved
                ? ("enrolled", ExitCode.Ok)
                : (state.ToString().ToLowerInvariant(), Membership.Explain(state).Code);
        }
        catch (FedMetaException fault) when (fault.Code is ExitCode.ServerUnreachable)
        {
            return ($"not known, {fault.What}", fault.Code);
        }
    }
}

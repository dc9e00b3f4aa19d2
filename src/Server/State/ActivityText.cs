using System.Globalization;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.State;

/// <summary>Says each record in one plain sentence, for the activity list and `study watch`.</summary>
internal static class ActivityText
{
    /// <summary>The sentence for a fact that has just been applied.</summary>
    public static Activity Of(CoordinatorState after, Origin origin, Fact fact)
    {
        string Name(string id) => after.Clients.TryGetValue(id, out var client) ? client.Name : id;
        var (study, text) = fact switch
        {
            JournalRepaired f => ("", $"A line of {f.Bytes} bytes that a crash had torn was cut off"),
            ServerInitialised f => ("", $"Coordinator {f.Host} initialised, version {f.Version}"),
            ClientInvited f => ("", $"{f.Name} invited as {f.Client}"),
            ClientRequested f => ("", $"{Name(f.Client)} used its invite and waits for approval"),
            EnrolmentRefused f => ("", $"A try to enrol as {Name(f.Client)} was refused: {f.Reason}"),
            ClientApproved f => ("", $"{Name(f.Client)} approved as a member"),
            ClientRevoked f => ("", $"{Name(f.Client)} revoked"),
            StudyProposed f => (f.Study, $"Study {f.Name} proposed"),
            StudyDecided { Approve: true } f => (f.Study, $"{Name(f.Client)} approved the study"),
            StudyDecided f => (f.Study, $"{Name(f.Client)} refused the study: {f.Reason}"),
            StudyStarted f => (f.Study, $"Study started with {f.Approved.Count} hospitals"),
            RoundStarted f => (f.Study,
                $"Round {f.Round}, attempt {f.Attempt} announced to {f.Invited.Count} hospitals"),
            RoundRoster f => (f.Study, $"Round {f.Round}{Group(f.Group)}: roster of {f.Clients.Count} fixed"),
            RoundInput f => (f.Study,
                $"Round {f.Round}: {Name(f.Client)} charged its budget and sends its masked input"),
            RoundSurvivors f => (f.Study,
                $"Round {f.Round}{Group(f.Group)}: {f.Clients.Count} inputs arrived, {f.Signatures.Count} signed for it"),
            RoundGroupDropped f => (f.Study,
                $"Round {f.Round}{Group(f.Group)}: no sum, ended in {f.Phase}: {f.Reason}"),
            RoundConflicts f => (f.Study, $"Round {f.Round}{Group(f.Group)}: {f.Conflicts.Count} key shares were missing "
                + $"or wrong{Accused(f)}"),
            ClientReadmitted f => (f.Study, $"Operator: {Name(f.Client)} readmitted"),
            RoundCompleted f => (f.Study, $"Round {f.Round} completed with {f.Included.Count} hospitals"
                + (f.Checks.ProbeLoss is { } loss ? string.Create(CultureInfo.InvariantCulture,
                    $", probe loss {loss:0.####}") : "") + Without(f.Excluded)),
            RoundRolledBack f => (f.Study, $"Round {f.Round} rolled back: {RollBacks.Explain(f.Reason, f.Checks)}; the "
                + $"model stays as it was, {f.Included.Count} hospitals are charged{Without(f.Excluded)}"),
            StudyPaused f => (f.Study, $"Study paused: {f.Reason}"),
            RoundAborted f => (f.Study, $"Round {f.Round}, attempt {f.Attempt} aborted in {f.Phase}: {f.Reason}"
                + Without(f.Excluded)),
            StudyEnded f => (f.Study, $"Study ended {f.State}: {f.Reason}"),
            OperatorAction f => (f.Subject, $"Operator: {f.Action}"),
            ReportMade f => (f.Study, $"Report made: {f.Kind} as {f.Format}"),
            AuditRecorded f => (f.Study, $"Empirical audit on record: {f.Correct} of {f.Guesses} guesses right"),
            LedgerCheckpoint => ("", $"Checkpoint signed over the {after.Ledger.Newest!.Head.Size} records before"),
            LedgerCoSigned f => ("", $"{Name(f.Client)} checked the ledger up to record {f.Size} and signed it"),
            ModelRead f => (f.Study, $"Model {f.Model[..Math.Min(12, f.Model.Length)]} read by {f.Reader}"),
            _ => throw new ArgumentException($"No sentence for {fact.GetType().Name}", nameof(fact)),
        };
        return new Activity(origin, study, text);

        static string Group(int number) => number == 0 ? "" : $", group {number}";

        string Accused(RoundConflicts f) => f.Culprits.Union(f.Unrecovered).ToList() is { Count: > 0 } shut
            ? "; shut out until readmitted: " + string.Join(", ", shut.Select(c => f.Culprits.Contains(c)
                ? $"{Name(c)} (at fault for certain)" : $"{Name(c)} (its secret could not be recovered)"))
            : "; nobody can be named for certain";

        string Without(IReadOnlyDictionary<string, string> excluded) => excluded.Count == 0
            ? ""
            : "; not included: " + string.Join(", ", excluded.Select(e => $"{Name(e.Key)} ({e.Value})"));
    }
}

using System.Text;
using FedMeta.Client.Budget;
using FedMeta.Client.Homes;
using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;

namespace FedMeta.Client.Studies;

/// <summary>
/// Signs a decision about one document and puts it on record before anyone hears of it. The signature covers the
/// document's hash: a changed byte is another document, which nobody approved.
/// </summary>
internal sealed class StudyDecider(OpenedHome home, TimeProvider time)
{
    /// <summary>Approves, or sends an approval again that stands already.</summary>
    /// <exception cref="FedMetaException">An objection, or not one of the policy's approvers.</exception>
    public Decision Approve(StudyDocument document, string by)
    {
        CheckApprover(home.Policy, by);
        StudyReviewer.ThrowIfAny(new StudyReviewer(home).Review(document));
        return Decide(document, approve: true, "", by);
    }

    /// <summary>Refuses. Rounds that have been answered stay answered; none is begun any more.</summary>
    public Decision Refuse(StudyDocument document, string reason, string by)
    {
        if (!PlainText.IsOneLine(reason, StudyDecision.MaxReason))
        {
            throw new FedMetaException(ExitCode.Usage,
                $"a reason is one line of 1 to {StudyDecision.MaxReason} characters", "give --reason \"TEXT\"");
        }

        return Decide(document, approve: false, reason, by);
    }

    private Decision Decide(StudyDocument document, bool approve, string reason, string by)
    {
        var hash = document.Hash.ToString();
        var standing = home.Journal.Ask(state => state.Decision(hash));
        var repeats = standing is not null && standing.Approve == approve && standing.Reason == reason;
        var at = repeats ? DateTimeOffset.FromUnixTimeSeconds(standing!.DecidedAt) : time.GetUtcNow();
        var decision = new StudyDecision(document.Hash, home.Settings.ClientId, approve, reason,
            DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()));
        if (repeats)
        {
            // A process that died in between left the approval without its grant.
            if (approve) Grant(document);
            return decision.ToMessage(Convert.FromBase64String(standing!.Signature));
        }

        var signature = decision.Sign(home.Identity);
        home.Journal.Record(
            FactTypes.Decided,
            new StudyDecided(hash, document.Terms.Name, approve, reason, by, decision.DecidedAt.ToUnixTimeSeconds(),
                Convert.ToBase64String(signature), Encoding.UTF8.GetString(document.Canonical.Span)),
            FactShapes.Default.StudyDecided);
        if (approve) Grant(document);
        return decision.ToMessage(signature);
    }

    private void Grant(StudyDocument document) =>
        new HospitalBudget(home.Journal, new EntryWriter(home.Identity, home.Settings.ClientId, time))
            .Grant(document.Hash, LedgerTerms.Of(document), document.InitialModel);

    /// <summary>Refuses who is not among those whom the policy names, where it names any.</summary>
    /// <exception cref="FedMetaException">Not one of the policy's approvers (13).</exception>
    public static void CheckApprover(HospitalPolicy policy, string by)
    {
        if (policy.Approvers.Count == 0 || policy.Approvers.Contains(by, StringComparer.Ordinal)) return;
        throw new FedMetaException(
            ExitCode.PolicyRefuses,
            by.Length == 0 ? "the policy names who may approve" : $"'{by}' is not among the policy's approvers",
            "one of them runs the command with --by NAME, as written in policy.toml");
    }
}

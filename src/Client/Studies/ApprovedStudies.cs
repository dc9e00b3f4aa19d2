using System.Text;
using FedMeta.Client.Agent;
using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Protocol;

namespace FedMeta.Client.Studies;

/// <summary>
/// Approved studies out of the hospital's own journal: the document that was approved stands there to the byte and is
/// verified again under the policy of the moment. What a server sends plays no part.
/// </summary>
internal sealed class ApprovedStudies(HospitalJournal journal, string policyFile, string clientId, byte[] ownKey)
    : IApprovedStudies
{
    private readonly Dictionary<(string, HospitalPolicy), StudyVerdict> _verdicts = [];

    /// <inheritdoc/>
    public HospitalPolicy Policy => PolicyFile.Read(policyFile);

    /// <inheritdoc/>
    public RoundRejection? Find(string hash, out ApprovedStudy? approved)
    {
        approved = null;
        if (journal.Ask(state => state.Decision(hash)) is not { Approve: true } decision)
            return new(RoundRefusal.NotApproved, "this hospital has not approved the study");
        var verdict = Verify(decision, Policy);
        if (verdict.Study is null || verdict.Objections.Count > 0)
            return new(RoundRefusal.PolicyRefuses, string.Join("; ", verdict.Objections.Select(each => each.What)));
        approved = new ApprovedStudy(verdict.Study, verdict.Limits!);
        return null;
    }

    // Deriving a mechanism takes a while; document and policy decide the verdict alone.
    private StudyVerdict Verify(StudyDecided decision, HospitalPolicy policy)
    {
        var key = (decision.Study, policy with { Approvers = [] });
        if (_verdicts.TryGetValue(key, out var known)) return known;
        var reading = StudyDocument.Read(Encoding.UTF8.GetBytes(decision.Document));
        return _verdicts[key] = reading.Value is { } document && document.Hash.ToString() == decision.Study
            ? StudyVerification.Verify(document, clientId, ownKey, policy)
            : new StudyVerdict(null, null,
                [new(StudyObjectionKind.Document, "the approved document cannot be read any more")]);
    }
}

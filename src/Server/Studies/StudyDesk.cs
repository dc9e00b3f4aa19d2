using System.Text;
using FedMeta.Protocol;
using FedMeta.Server.Models;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.Studies;

/// <summary>Studies from the draft to the members' decisions.</summary>
internal sealed class StudyDesk(FactJournal journal, ModelStore models, TimeProvider time)
{
    private static readonly TimeSpan ClockAllowance = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Resolves members, mechanism and initial model, checks everything, and publishes the document; or says all that
    /// is
    /// wrong.
    /// </summary>
    /// <param name="draft">The study file.</param>
    /// <param name="probe">The probe set; empty where the study names none.</param>
    /// <param name="initial">Hash of a model file in the store to start from; empty where the seed gives it.</param>
    public (StudyDocument? Document, IReadOnlyList<string> Problems) Propose(ReadOnlySpan<byte> draft,
        ReadOnlySpan<byte> probe = default, ReadOnlySpan<byte> initial = default)
    {
        var reading = StudyDraft.Read(draft);
        if (!reading.IsValid)
            return (null, [.. reading.Problems.Select(p => p.ToString())]);
        var terms = reading.Value;
        var members = journal.State.Clients.Values.Where(c => c.Standing == ClientStanding.Active)
            .Select(c => new StudyMember(c.Id, c.Name, Convert.FromBase64String(c.Key))).ToList();
        var (numbers, problems) = StudyPlanner.Derive(terms, members.Count);
        if (journal.State.Studies.Values.Any(s => s.Name == terms.Name && !s.IsOver))
            problems = [.. problems, $"a study named {terms.Name} is under way; stop it, or choose another name"];
        problems = [.. problems, .. ProbeSet.Problems(terms, numbers?.Model, probe)];
        var (given, unusable) = initial.IsEmpty ? default : GivenModel.Find(models, initial);
        if (unusable is not null)
            problems = [.. problems, unusable];
        else if (given is not null && numbers is not null)
            problems = [.. problems, .. given.Differences(terms, numbers.Model)];
        if (numbers is null || problems.Count > 0)
            return (null, problems);
        if (terms.Checks.HasProbe)
            models.KeepProbe(probe);
        var model = InitialModel.Write(terms, numbers, given);
        var hash = models.KeepModel(model);
        var document = StudyDocument.Create(terms, members, StudyPlanner.Table(numbers.Mechanism),
            Sha256Digest.Of(model));
        if (!document.IsValid)
            return (null, [.. document.Problems.Select(p => p.ToString())]);
        if (document.Value.InitialModel.ToString() != hash)
            throw new InvalidOperationException("the initial model was kept under another name");
        var study = document.Value.Hash.ToString();
        var isNew = journal.TryRecord(FactJournal.OperatorActor, s => s.Studies.ContainsKey(study)
            ? null
            : new StudyProposed(study, terms.Name, Encoding.UTF8.GetString(document.Value.Canonical.Span)));
        return isNew
            ? (document.Value, [])
            : (null, ["exactly this study was proposed before; change something, or go on with the proposed one"]);
    }

    /// <summary>Takes a hospital's signed decision. Null if it stands; otherwise the refusal and what to do.</summary>
    public (DecisionRefusal Refusal, string Detail)? Decide(StudyDecision decision, ReadOnlySpan<byte> signature,
        StudyPlan plan)
    {
        if (!plan.Document.TryGetMember(decision.ClientId, out var member))
            return (DecisionRefusal.NotAMember, "this study was proposed before you joined");
        if (decision.DecidedAt > time.GetUtcNow() + ClockAllowance)
            return (DecisionRefusal.FromTheFuture, "your clock is ahead; set it, and decide again");
        if (decision.Study != plan.Document.Hash || !decision.Verify(member.PublicKey, signature))
            return (DecisionRefusal.BadSignature, "the signature is not your identity key's over this decision");
        var study = plan.Document.Hash.ToString();
        var text = Convert.ToBase64String(signature);
        var recorded = journal.TryRecord(decision.ClientId, s => s.Studies[study].Standing != StudyStanding.Proposed
            ? null
            : new StudyDecided(study, decision.ClientId, decision.IsApproval, decision.Reason,
                decision.DecidedAt.ToUnixTimeSeconds(), text));
        return recorded ? null : (DecisionRefusal.NotOpen,
            "the study has started or ended; to leave it, stop taking part");
    }
}

using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.SecureAgg;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Audit;

/// <summary>
/// Checks what a coordinator could not have made up: hospitals' signatures under decisions, ledger entries and the
/// lists of
/// survivors, all against the keys in the study document that the hospitals signed.
/// </summary>
internal sealed class SignatureAudit(StudyPlans plans)
{
    /// <summary>Decisions that were verified.</summary>
    public int Decisions { get; private set; }

    /// <summary>Ledger entries that were verified.</summary>
    public int Spends { get; private set; }

    /// <summary>Opened sums whose survivors' signatures were verified.</summary>
    public int Sums { get; private set; }

    /// <summary>What is wrong with a fact that has just been applied, or null.</summary>
    public string? Check(CoordinatorState after, Fact fact) => fact switch
    {
        StudyProposed f => Proposed(after.Studies[f.Study], f),
        StudyDecided f => Decided(after.Studies[f.Study], f),
        StudyStarted f => Started(after.Studies[f.Study], f),
        RoundRoster f => Roster(after.Studies[f.Study], f),
        RoundInput f => Input(after.Studies[f.Study], f),
        RoundSurvivors f => Survivors(after.Studies[f.Study], f),
        RoundStarted f => CheckedModels.Begins(after.Studies[f.Study], plans, f),
        RoundCompleted f => Opened(after.Studies[f.Study], f.Included)
            ?? CheckedModels.Completes(after.Studies[f.Study], plans, f),
        RoundRolledBack f => Opened(after.Studies[f.Study], f.Included)
            ?? CheckedModels.RollsBack(after.Studies[f.Study], plans, f),
        RoundConflicts f => Conflicts(after.Studies[f.Study], f),
        StudyEnded f => CheckedModels.Ends(after.Studies[f.Study], plans, f),
        _ => null,
    };

    private string? Proposed(StudyEntry study, StudyProposed f)
    {
        var (plan, problems) = StudyPlanner.Read(f.Document);
        if (plan is null)
            return $"the study document is not sound: {string.Join("; ", problems)}";
        if (plan.Document.Hash.ToString() != f.Study || plan.Terms.Name != f.Name)
            return "the study's hash or name is not that of its document";
        _ = plans.Of(study);
        return null;
    }

    private string? Decided(StudyEntry study, StudyDecided f)
    {
        var plan = plans.Of(study);
        if (!plan.Document.TryGetMember(f.Client, out var member))
            return $"{f.Client} is not a member of the study";
        if (!DecisionCheck.IsSigned(plan.Document, member, f.Approve, f.Reason, f.DecidedAt, f.Signature))
            return $"the decision of {f.Client} is not signed with its key";
        Decisions++;
        return null;
    }

    private static string? Started(StudyEntry study, StudyStarted f) =>
        f.Approved.FirstOrDefault(c => study.Decisions.GetValueOrDefault(c) is not { Approve: true }) is { } client
            ? $"the study started with {client}, which did not approve"
            : null;

    // Conflicts are the coordinator's word; whom they accuse has to follow from them.
    private string? Conflicts(StudyEntry study, RoundConflicts f)
    {
        var roster = study.Rounds[^1].Rosters.TryGetValue(f.Group, out var fixedAt) ? fixedAt.Clients : [];
        var conflicts = new List<ShareConflict>();
        foreach (var (dealer, holder, word) in f.Conflicts)
        {
            if (!roster.Contains(dealer) || !roster.Contains(holder))
                return $"a conflict between {dealer} and {holder}, which are not both in the roster";
            var kind = Enum.GetValues<ShareConflictKind>().Where(k => PhaseNames.Hyphenated(k) == word).ToList();
            if (kind.Count == 0)
                return $"there is no conflict of the kind {word}";
            conflicts.Add(new ShareConflict(dealer, holder, kind[0]));
        }

        var right = ShareConflicts.Culprits(conflicts, plans.Of(study).Aggregation.CollusionAmongHolders);
        return right.SequenceEqual(f.Culprits, StringComparer.Ordinal) && f.Unrecovered.All(roster.Contains)
            ? null
            : "the hospitals that are accused do not follow from the conflicts";
    }

    private string? Input(StudyEntry study, RoundInput f)
    {
        if (!Base64Text.TryDecode(f.Spend, out var spend) || !Base64Text.TryDecode(f.SpendSignature, out var signature))
            return $"the ledger entry of {f.Client} is not Base64";
        if (SpendCheck.Problem(plans.Of(study), f.Round, f.Attempt, study.Rounds[^1].Model, f.Client, spend,
            signature, out var entry) is { } problem)
            return $"the ledger entry of {f.Client}: {problem}";
        if (SpendCheck.Order(entry!, study) is { } disorder)
            return $"the ledger entry of {f.Client}: {disorder}";
        Spends++;
        return null;
    }

    private string? Survivors(StudyEntry study, RoundSurvivors f)
    {
        var round = study.Rounds[^1];
        if (!Base64Text.TryDecode(round.RotationSeed, out var rotation)
            || rotation.Length != RandomizedHadamard.SeedSize)
            return "the round's rotation seed is not 32 bytes";
        if (GroupOf(study, f.Group) is not { } group)
            return $"the round has no group {f.Group}";
        var context = RoundAnnouncer.Context(study.Hash, plans.Of(study), f.Round, f.Attempt, round.Model,
            round.Expiry, rotation, group);
        if (!Sha256Digest.TryParse(f.RosterHash, out var roster))
            return "the roster's hash is not one";
        var signatures = new List<SurvivorSignature>();
        foreach (var (client, text) in f.Signatures.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            if (!Base64Text.TryDecode(text, out var bytes))
                return $"the signature of {client} is not Base64";
            signatures.Add(new SurvivorSignature(client, bytes));
        }

        if (round.Conflicts.TryGetValue(f.Group, out var conflicts) && conflicts.Fact.Unrecovered.Count > 0)
            return $"the secret of {conflicts.Fact.Unrecovered[0]} is said to be lost in a sum that was opened";
        if (f.Clients.FirstOrDefault(c => !round.Inputs.ContainsKey(c)) is { } silent)
            return $"{silent} is in the sum and never announced an input";
        if (!new AggregationReceipt(context.Id, roster.ToArray(), f.Clients, signatures).Verify(context))
            return "fewer hospitals than the threshold signed exactly this list of survivors";
        Sums++;
        return null;
    }

    private string? Opened(StudyEntry study, IReadOnlyList<string> included)
    {
        var (round, plan) = (study.Rounds[^1], plans.Of(study));
        var signed = round.Sums.Values.SelectMany(s => s.Clients).Order(StringComparer.Ordinal);
        if (!signed.SequenceEqual(included))
            return "the sums' hospitals are not the survivors that were signed for";
        return round.Sums.Count < plan.NeededSums || included.Count < plan.Terms.Rounds.Quorum
            ? $"{round.Sums.Count} sums over {included.Count} hospitals do not make a round"
            : null;
    }

    // The groups are drawn again: nobody can be moved into another one afterwards.
    private string? Roster(StudyEntry study, RoundRoster f)
    {
        if (GroupOf(study, f.Group) is not { } group)
            return $"the round has no group {f.Group}";
        return f.Clients.FirstOrDefault(c => !group.Members.Contains(c)) is { } stranger
            ? $"{stranger} stands in the roster of a sum that it does not belong to"
            : null;
    }

    private RoundGroup? GroupOf(StudyEntry study, int number)
    {
        var round = study.Rounds[^1];
        return Sha256Digest.TryParse(round.Model, out _)
            ? plans.Of(study).Groups(round.Round, round.Attempt, round.Model).FirstOrDefault(g => g.Number == number)
            : null;
    }
}

using FedMeta.Server.State.Facts;

namespace FedMeta.Server.State;

/// <summary>
/// The transition of each record type. A record that cannot follow gives null: replay stops there, so a journal that
/// was
/// written by a wrong program or by hand is found at its first wrong record.
/// </summary>
internal static class StateReplay
{
    /// <summary>The next state, or null if the fact cannot follow from this state.</summary>
    public static CoordinatorState? Apply(CoordinatorState state, Origin origin, Fact fact) => fact switch
    {
        JournalRepaired => state,
        ServerInitialised f => state.Server is null ? state with { Server = f } : null,
        _ when state.Server is null => null,
        ClientInvited f => Invited(state, origin, f),
        ClientRequested f => ChangeClient(state, f.Client, ClientStanding.Invited, c => c with
        {
            Standing = ClientStanding.Pending,
            Since = origin,
            Request = f.Request,
            Key = f.Key,
            Version = f.Version,
            InviteBurnt = true,
        }),
        EnrolmentRefused f => ChangeClient(state, f.Client, null, c => c with
        {
            FailedTries = c.FailedTries + 1,
            InviteBurnt = c.InviteBurnt || f.Burnt,
        }),
        ClientApproved f => Approved(state, origin, f),
        ClientRevoked f => Revoked(state, origin, f),
        StudyProposed f => state.Studies.ContainsKey(f.Study)
            ? null
            : state with { Studies = state.Studies.Add(f.Study, new StudyEntry(f.Study, f.Name, f.Document, origin)) },
        StudyDecided f => ChangeStudy(state, f.Study, s => s.Standing == StudyStanding.Proposed, s => s with
        {
            Decisions = s.Decisions.SetItem(f.Client,
                new DecisionEntry(origin, f.Approve, f.Reason, f.DecidedAt, f.Signature)),
        }),
        StudyStarted f => ChangeStudy(state, f.Study, s => s.Standing == StudyStanding.Proposed, s => s with
        {
            Standing = StudyStanding.Running,
            Started = (origin, f.Approved),
        }),
        StudyEnded f => Ended(state, origin, f),
        RoundStarted f => ChangeStudy(state, f.Study, s => s.Open is null && s.Standing == StudyStanding.Running
            && !s.StopRequested && !f.Invited.Any(s.ShutOut.ContainsKey)
            && Follows(s, f.Round, f.Attempt), s => s with
            {
                Rounds = s.Rounds.Add(new RoundEntry(f.Round, f.Attempt, origin, f.Model, f.RotationSeed, f.Expiry,
                    f.Invited)),
            }),
        RoundRoster f => ChangeRound(state, f.Study, f.Round, f.Attempt, r => r.Rosters.ContainsKey(f.Group)
            ? null
            : r with { Rosters = r.Rosters.Add(f.Group, (origin, f.Clients)) }),
        RoundInput f => ChangeRound(state, f.Study, f.Round, f.Attempt, r => r.Inputs.ContainsKey(f.Client)
            ? null
            : r with { Inputs = r.Inputs.Add(f.Client, new InputEntry(origin, f.Spend, f.SpendSignature, f.Bytes)) }),
        RoundSurvivors f => ChangeRound(state, f.Study, f.Round, f.Attempt, r => r.Sums.ContainsKey(f.Group)
            ? null
            : r with
            {
                Sums = r.Sums.Add(f.Group, new SurvivorsEntry(origin, f.RosterHash, f.Clients, f.Signatures)),
            }),
        RoundGroupDropped f => ChangeRound(state, f.Study, f.Round, f.Attempt, r =>
            r.Sums.ContainsKey(f.Group) || r.DroppedGroups.ContainsKey(f.Group)
                ? null
                : r with { DroppedGroups = r.DroppedGroups.Add(f.Group, (origin, f.Reason)) }),
        RoundConflicts f => Conflicted(state, origin, f),
        ClientReadmitted f => ChangeStudy(state, f.Study, s => !s.IsOver && s.ShutOut.ContainsKey(f.Client),
            s => s with { ShutOut = s.ShutOut.Remove(f.Client) }),
        RoundCompleted f => ChangeRound(state, f.Study, f.Round, f.Attempt, r => r with
        {
            Outcome = new RoundOutcome.Completed(origin, f.Included, f.Excluded, f.Model, f.Optimizer, f.Checks),
        }),
        RoundRolledBack f => ChangeRound(state, f.Study, f.Round, f.Attempt, r => r with
        {
            Outcome = new RoundOutcome.RolledBack(origin, f.Included, f.Excluded, f.Reason, f.Checks),
        }),
        RoundAborted f => ChangeRound(state, f.Study, f.Round, f.Attempt, r => r with
        {
            Outcome = new RoundOutcome.Aborted(origin, f.Reason, f.Phase, f.Excluded),
        }),
        StudyPaused f => ChangeStudy(state, f.Study, s => s.Standing == StudyStanding.Running && s.Open is null,
            s => s with
            {
                Standing = StudyStanding.Paused,
                PauseReason = f.Reason,
                RoundsBeforePause = s.Rounds.Count,
            }),
        OperatorAction f => Acted(state, f),
        ReportMade f => ChangeStudy(state, f.Study, _ => true,
            s => s with { Reports = s.Reports.Add((origin, f.Kind, f.Digest)) }),
        AuditRecorded f => ChangeStudy(state, f.Study, _ => f.IsPossible, s => s with { Audit = (origin, f) }),
        LedgerCheckpoint f => LedgerReplay.Checkpointed(state, origin, f),
        LedgerCoSigned f => LedgerReplay.CoSigned(state, origin, f),
        ModelRead f => state.Studies.ContainsKey(f.Study) ? state : null,
        _ => null,
    };

    private static CoordinatorState? Conflicted(CoordinatorState state, Origin origin, RoundConflicts f)
    {
        var next = ChangeRound(state, f.Study, f.Round, f.Attempt, r => r.Conflicts.ContainsKey(f.Group)
            ? null
            : r with { Conflicts = r.Conflicts.Add(f.Group, (origin, f)) });
        return next is null ? null : ChangeStudy(next, f.Study, _ => true, s => s with
        {
            ShutOut = s.ShutOut.SetItems(f.Culprits.Union(f.Unrecovered).Select(c => KeyValuePair.Create(c,
                new ShutOut(origin, f.Round, f.Culprits.Contains(c))))),
        });
    }

    private static bool Follows(StudyEntry study, int round, int attempt) => study.Rounds switch
    {
        [] => (round, attempt) == (1, 1),
        [.., { Outcome: RoundOutcome.Opened } last] => (round, attempt) == (last.Round + 1, 1),
        [.., var last] => (round, attempt) == (last.Round, last.Attempt + 1),
    };

    private static CoordinatorState? Invited(CoordinatorState state, Origin origin, ClientInvited f)
    {
        var standing = state.Clients.TryGetValue(f.Client, out var old) ? old.Standing : ClientStanding.Invited;
        if (standing is ClientStanding.Active or ClientStanding.Revoked)
            return null;
        return state with
        {
            Clients = state.Clients.SetItem(f.Client, new ClientEntry(f.Client, f.Name, ClientStanding.Invited, origin)
            {
                SecretHash = f.SecretHash,
                InviteExpiresAt = f.ExpiresAt,
            }),
        };
    }

    private static CoordinatorState? Approved(CoordinatorState state, Origin origin, ClientApproved f)
    {
        if (!state.Clients.TryGetValue(f.Client, out var client)
            || client.Standing is not (ClientStanding.Pending or ClientStanding.Active))
            return null;
        return state with
        {
            Clients = state.Clients.SetItem(f.Client, client with
            {
                Standing = ClientStanding.Active,
                Since = origin,
                Certificate = f.Certificate,
                CertificateExpiresAt = f.ExpiresAt,
            }),
            ActiveKeys = state.ActiveKeys.SetItem(client.Key, f.Client),
        };
    }

    private static CoordinatorState? Revoked(CoordinatorState state, Origin origin, ClientRevoked f)
    {
        if (!state.Clients.TryGetValue(f.Client, out var client) || client.Standing == ClientStanding.Revoked)
            return null;
        return state with
        {
            Clients = state.Clients.SetItem(f.Client,
                client with { Standing = ClientStanding.Revoked, Since = origin, InviteBurnt = true }),
            ActiveKeys = state.ActiveKeys.Remove(client.Key),
        };
    }

    private static CoordinatorState? Ended(CoordinatorState state, Origin origin, StudyEnded f)
    {
        StudyStanding? standing = f.State switch
        {
            "completed" => StudyStanding.Completed,
            "partial" => StudyStanding.Partial,
            "stopped" => StudyStanding.Stopped,
            _ => null,
        };
        if (standing is not { } end)
            return null;
        return ChangeStudy(state, f.Study, s => !s.IsOver && s.Open is null,
            s => s with { Standing = end, Ended = (origin, f.Reason) });
    }

    private static CoordinatorState? Acted(CoordinatorState state, OperatorAction f) => f.Action switch
    {
        "pause" => ChangeStudy(state, f.Subject, s => s.Standing == StudyStanding.Running,
            s => s with { Standing = StudyStanding.Paused }),
        "resume" => ChangeStudy(state, f.Subject, s => s.Standing == StudyStanding.Paused,
            s => s with { Standing = StudyStanding.Running, PauseReason = null }),
        "stop" => ChangeStudy(state, f.Subject, s => !s.IsOver, s => s with { StopRequested = true }),
        _ => null,
    };

    private static CoordinatorState? ChangeClient(CoordinatorState state, string id, ClientStanding? needed,
        Func<ClientEntry, ClientEntry> change)
    {
        if (!state.Clients.TryGetValue(id, out var client) || (needed is { } n && client.Standing != n))
            return null;
        return state with { Clients = state.Clients.SetItem(id, change(client)) };
    }

    private static CoordinatorState? ChangeStudy(CoordinatorState state, string hash, Func<StudyEntry, bool> allowed,
        Func<StudyEntry, StudyEntry?> change)
    {
        if (!state.Studies.TryGetValue(hash, out var study) || !allowed(study) || change(study) is not { } next)
            return null;
        return state with { Studies = state.Studies.SetItem(hash, next) };
    }

    private static CoordinatorState? ChangeRound(CoordinatorState state, string hash, int round, int attempt,
        Func<RoundEntry, RoundEntry?> change) =>
        ChangeStudy(state, hash, s => s.Open is { } open && open.Round == round && open.Attempt == attempt,
            s => change(s.Rounds[^1]) is { } next ? s with { Rounds = s.Rounds.SetItem(s.Rounds.Count - 1, next) }
                : null);
}

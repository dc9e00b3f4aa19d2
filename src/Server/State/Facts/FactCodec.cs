using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FedMeta.Protocol;

namespace FedMeta.Server.State.Facts;

/// <summary>The closed list of the coordinator's record types and how each is read and written.</summary>
internal static class FactCodec
{
    private static readonly (string Name, JsonTypeInfo Info)[] Types =
    [
        ("server.initialised", FactJson.Default.ServerInitialised),
        ("client.invited", FactJson.Default.ClientInvited),
        ("client.requested", FactJson.Default.ClientRequested),
        ("enrolment.refused", FactJson.Default.EnrolmentRefused),
        ("client.approved", FactJson.Default.ClientApproved),
        ("client.revoked", FactJson.Default.ClientRevoked),
        ("client.readmitted", FactJson.Default.ClientReadmitted),
        ("study.proposed", FactJson.Default.StudyProposed),
        ("study.decided", FactJson.Default.StudyDecided),
        ("study.started", FactJson.Default.StudyStarted),
        ("round.started", FactJson.Default.RoundStarted),
        ("round.roster", FactJson.Default.RoundRoster),
        ("round.input", FactJson.Default.RoundInput),
        ("round.survivors", FactJson.Default.RoundSurvivors),
        ("round.group-dropped", FactJson.Default.RoundGroupDropped),
        ("round.conflicts", FactJson.Default.RoundConflicts),
        ("round.completed", FactJson.Default.RoundCompleted),
        ("round.rolled-back", FactJson.Default.RoundRolledBack),
        ("round.aborted", FactJson.Default.RoundAborted),
        ("study.paused", FactJson.Default.StudyPaused),
        ("study.ended", FactJson.Default.StudyEnded),
        ("operator.action", FactJson.Default.OperatorAction),
        ("report.made", FactJson.Default.ReportMade),
        ("audit.recorded", FactJson.Default.AuditRecorded),
        ("model.read", FactJson.Default.ModelRead),
        ("ledger.checkpoint", FactJson.Default.LedgerCheckpoint),
        ("ledger.cosigned", FactJson.Default.LedgerCoSigned),
        (Journal.RepairedType, FactJson.Default.JournalRepaired),
    ];

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName =
        Types.ToFrozenDictionary(t => t.Name, t => t.Info, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, (string Name, JsonTypeInfo Info)> ByType =
        Types.ToFrozenDictionary(t => t.Info.Type);

    /// <summary>The names of all record types, in the order of a study's life.</summary>
    public static IEnumerable<string> Names => Types.Select(t => t.Name);

    /// <summary>The record type and body of a fact.</summary>
    public static (string Type, JsonElement Body) Write(Fact fact)
    {
        var (name, info) = ByType[fact.GetType()];
        return (name, JsonSerializer.SerializeToElement(fact, info));
    }

    /// <summary>The fact of a record, or null if the type is unknown or the body is not exactly one of its
    /// kind.</summary>
    public static Fact? Read(string type, JsonElement body) =>
        ByName.TryGetValue(type, out var info) ? (Fact?)JournalBody.Read(body, info) : null;
}

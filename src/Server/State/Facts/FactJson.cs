using System.Text.Json.Serialization;

namespace FedMeta.Server.State.Facts;

/// <summary>How facts are written: snake_case, no reflection, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ServerInitialised))]
[JsonSerializable(typeof(ClientInvited))]
[JsonSerializable(typeof(ClientRequested))]
[JsonSerializable(typeof(EnrolmentRefused))]
[JsonSerializable(typeof(ClientApproved))]
[JsonSerializable(typeof(ClientRevoked))]
[JsonSerializable(typeof(ClientReadmitted))]
[JsonSerializable(typeof(StudyProposed))]
[JsonSerializable(typeof(StudyDecided))]
[JsonSerializable(typeof(StudyStarted))]
[JsonSerializable(typeof(RoundStarted))]
[JsonSerializable(typeof(RoundRoster))]
[JsonSerializable(typeof(RoundInput))]
[JsonSerializable(typeof(RoundSurvivors))]
[JsonSerializable(typeof(RoundGroupDropped))]
[JsonSerializable(typeof(RoundConflicts))]
[JsonSerializable(typeof(RoundCompleted))]
[JsonSerializable(typeof(RoundRolledBack))]
[JsonSerializable(typeof(RoundAborted))]
[JsonSerializable(typeof(StudyPaused))]
[JsonSerializable(typeof(StudyEnded))]
[JsonSerializable(typeof(OperatorAction))]
[JsonSerializable(typeof(ReportMade))]
[JsonSerializable(typeof(AuditRecorded))]
[JsonSerializable(typeof(ModelRead))]
[JsonSerializable(typeof(LedgerCheckpoint))]
[JsonSerializable(typeof(LedgerCoSigned))]
[JsonSerializable(typeof(JournalRepaired))]
internal sealed partial class FactJson : JsonSerializerContext;

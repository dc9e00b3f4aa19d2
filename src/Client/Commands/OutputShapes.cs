using System.Text.Json.Serialization;
using FedMeta.Client.Adaptation;
using FedMeta.Client.Data;
using FedMeta.Client.Enrolment;
using FedMeta.Client.Ledger;
using FedMeta.Client.Studies;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary>The JSON of <c>--json</c>: source-generated, snake case, enums by name; a loss beyond all numbers, which
/// unguarded steps can reach, is the text <c>"NaN"</c> or <c>"Infinity"</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    WriteIndented = true)]
[JsonSerializable(typeof(JoinOutcome))]
[JsonSerializable(typeof(StatusOutput))]
[JsonSerializable(typeof(DoctorLine[]))]
[JsonSerializable(typeof(DataReport))]
[JsonSerializable(typeof(StudyListLine[]))]
[JsonSerializable(typeof(StudyShown))]
[JsonSerializable(typeof(DecisionSent))]
[JsonSerializable(typeof(LedgerReport))]
[JsonSerializable(typeof(AuditOutcome))]
[JsonSerializable(typeof(CheckpointComparison))]
[JsonSerializable(typeof(AdaptedOutput))]
[JsonSerializable(typeof(EvaluationReport))]
internal sealed partial class OutputShapes : JsonSerializerContext;

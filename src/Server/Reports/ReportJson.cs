using System.Text.Json.Serialization;
using FedMeta.Server.Reports.Participation;
using FedMeta.Server.Reports.Privacy;

namespace FedMeta.Server.Reports;

/// <summary>How reports are written and read: snake_case, indented, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PrivacyReport))]
[JsonSerializable(typeof(ParticipationReport))]
internal sealed partial class ReportJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using FedMeta.Protocol;

namespace FedMeta.Server.Audit;

/// <summary>How an audit's result is written for programs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuditResult))]
[JsonSerializable(typeof(CheckpointComparison))]
internal sealed partial class AuditJson : JsonSerializerContext;

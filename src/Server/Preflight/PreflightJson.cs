using System.Text.Json;
using System.Text.Json.Serialization;

namespace FedMeta.Server.Preflight;

/// <summary>How a preflight is written for programs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StudyPreflight))]
internal sealed partial class PreflightJson : JsonSerializerContext;

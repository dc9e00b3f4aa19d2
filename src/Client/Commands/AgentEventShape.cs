using System.Text.Json.Serialization;
using FedMeta.Client.Agent;

namespace FedMeta.Client.Commands;

/// <summary>One line of <c>run --json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AgentEvent))]
internal sealed partial class AgentEventShape : JsonSerializerContext;

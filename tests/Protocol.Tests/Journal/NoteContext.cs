using System.Text.Json.Serialization;

namespace FedMeta.Protocol.Tests;

internal sealed record NoteBody(int Value);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NoteBody))]
internal sealed partial class NoteContext : JsonSerializerContext;

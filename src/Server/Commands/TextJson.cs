using System.Text.Json.Serialization;

namespace FedMeta.Server.Commands;

/// <summary>Texts and small objects of the commands' own JSON.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class TextJson : JsonSerializerContext;

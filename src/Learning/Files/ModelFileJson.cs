using System.Text.Json.Serialization;

namespace FedMeta.Learning;

/// <summary>Source-generated JSON: no reflection at run time.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class ModelFileJson : JsonSerializerContext;

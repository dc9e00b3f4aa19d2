using System.Text.Json;
using System.Text.RegularExpressions;

namespace FedMeta.Server.Tests.Reports;

/// <summary>
/// Validates against the part of JSON Schema (draft 2020-12) that the published schema uses. A keyword that it does not
/// know is an error of the schema, so nothing is passed over in silence. No validator of that draft restores from every
/// registry that builds this project.
/// </summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private static readonly string[] Annotations = ["$schema", "$id", "$defs", "title", "description"];

    /// <summary>Everything that is wrong, each with its path; empty for a valid instance.</summary>
    public IReadOnlyList<string> Problems(JsonElement instance) => [.. Check(root, instance, "$")];

    private IEnumerable<string> Check(JsonElement schema, JsonElement value, string path) =>
        schema.EnumerateObject().SelectMany(keyword => Check(schema, keyword, value, path));

    private IEnumerable<string> Check(JsonElement schema, JsonProperty keyword, JsonElement value, string path) =>
        (keyword.Name, value.ValueKind) switch
        {
            ({ } name, _) when Annotations.Contains(name) => [],
            ("$ref", _) => Check(Definition(keyword.Value.GetString()!), value, path),
            ("type", _) => One(Types(keyword.Value).Any(t => IsOf(t, value)), path, $"is no {keyword.Value}"),
            ("const", _) => One(keyword.Value.GetRawText() == value.GetRawText(), path, "is another constant"),
            ("enum", JsonValueKind.String) => One(keyword.Value.EnumerateArray().Any(v =>
                v.GetString() == value.GetString()), path, $"is not one of {keyword.Value}"),
            ("pattern", JsonValueKind.String) => One(Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!), path,
                $"does not match {keyword.Value}"),
            ("minLength", JsonValueKind.String) => One(value.GetString()!.Length >= keyword.Value.GetInt32(), path,
                "is too short"),
            ("minimum", JsonValueKind.Number) => One(value.GetDouble() >= keyword.Value.GetDouble(), path, "is too small"),
            ("maximum", JsonValueKind.Number) => One(value.GetDouble() <= keyword.Value.GetDouble(), path, "is too large"),
            ("exclusiveMinimum", JsonValueKind.Number) => One(value.GetDouble() > keyword.Value.GetDouble(), path,
                "is too small"),
            ("exclusiveMaximum", JsonValueKind.Number) => One(value.GetDouble() < keyword.Value.GetDouble(), path,
                "is too large"),
            ("minItems", JsonValueKind.Array) => One(value.GetArrayLength() >= keyword.Value.GetInt32(), path,
                "has too few entries"),
            ("maxItems", JsonValueKind.Array) => One(value.GetArrayLength() <= keyword.Value.GetInt32(), path,
                "has too many entries"),
            ("items", JsonValueKind.Array) => value.EnumerateArray().SelectMany((v, i) =>
                Check(keyword.Value, v, $"{path}[{i}]")),
            ("required", JsonValueKind.Object) => keyword.Value.EnumerateArray().SelectMany(name =>
                One(value.TryGetProperty(name.GetString()!, out _), path, $"lacks {name}")),
            ("properties", JsonValueKind.Object) => value.EnumerateObject().SelectMany(p =>
                keyword.Value.TryGetProperty(p.Name, out var known) ? Check(known, p.Value, $"{path}.{p.Name}") : []),
            ("additionalProperties", JsonValueKind.Object) => value.EnumerateObject().SelectMany(p =>
                One(schema.GetProperty("properties").TryGetProperty(p.Name, out _), path, $"has an unknown {p.Name}")),
            ("enum" or "pattern" or "minLength" or "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum"
                or "minItems" or "maxItems" or "items" or "required" or "properties" or "additionalProperties", _) => [],
            _ => [$"{path}: the schema has an unknown keyword {keyword.Name}"],
        };

    private JsonElement Definition(string reference) =>
        root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Select(t => t.GetString()!)
        : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String)
            or ("number", JsonValueKind.Number) or ("null", JsonValueKind.Null)
            or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
        _ => false,
    };

    private static IEnumerable<string> One(bool holds, string path, string problem) =>
        holds ? [] : [$"{path} {problem}"];
}

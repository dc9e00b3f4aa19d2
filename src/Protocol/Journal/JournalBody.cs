using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FedMeta.Protocol;

/// <summary>Reads the body of a record that anyone may have written.</summary>
public static class JournalBody
{
    /// <summary>The body as a type that this program knows; null where it has another shape. The serialiser holds members
    /// against their types, but not what stands in lists and tables: there an empty place is another shape too.</summary>
    /// <param name="body">The JSON value.</param>
    /// <param name="shape">From a source-generated <c>JsonSerializerContext</c>.</param>
    public static object? Read(JsonElement body, JsonTypeInfo shape)
    {
        try
        {
            return HasHole(body, shape) ? null : body.Deserialize(shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool HasHole(JsonElement value, JsonTypeInfo shape)
    {
        return (shape.Kind, value.ValueKind) switch
        {
            (JsonTypeInfoKind.Object, JsonValueKind.Object) => shape.Properties.Any(member =>
                value.TryGetProperty(member.Name, out var inner) && HasHole(inner, ShapeOf(member.PropertyType))),
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) => value.EnumerateArray().Any(IsHole),
            (JsonTypeInfoKind.Dictionary, JsonValueKind.Object) =>
                value.EnumerateObject().Any(entry => IsHole(entry.Value)),
            _ => false,
        };

        bool IsHole(JsonElement place) =>
            place.ValueKind == JsonValueKind.Null || HasHole(place, ShapeOf(shape.ElementType!));

        JsonTypeInfo ShapeOf(Type type) => shape.Options.GetTypeInfo(type);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary>Writes results.</summary>
internal static class Output
{
    /// <summary>One JSON document and the end of the line.</summary>
    public static int Json<T>(CommandContext context, T value, JsonTypeInfo<T> shape, ExitCode code = ExitCode.Ok)
    {
        context.Out.WriteLine(JsonSerializer.Serialize(value, shape));
        return (int)code;
    }

    /// <summary>A probability loss as people read it.</summary>
    public static string Epsilon(double? value) =>
        value is { } epsilon ? epsilon.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture) : "?";

    /// <summary>A share or score; a hyphen where it is undefined.</summary>
    public static string Score(double? value) =>
        value is { } score ? score.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture) : "-";
}

using System.Collections;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Everything that a message says, field by field, as text.</summary>
internal static class WireText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => text,
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Of))}]",
        IFormattable plain => plain.ToString(null, null),
        _ => $"{value.GetType().Name}({string.Join("; ", Fields(value))})",
    };

    private static IEnumerable<string> Fields(object value) => value.GetType().GetProperties()
        .Where(property => property.GetMethod!.IsPublic)
        .OrderBy(property => property.Name, StringComparer.Ordinal)
        .Select(property => $"{property.Name}={Of(property.GetValue(value))}");
}

using System.Text.Json;

namespace FedMeta.Protocol;

/// <summary>An error as a person or a script reads it: what, hint, code.</summary>
/// <param name="Code">What the process exits with.</param>
/// <param name="What">What happened.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record ErrorReport(ExitCode Code, string What, string Hint)
{
    /// <summary>Explains any exception; one that nothing explains is reported as a defect.</summary>
    public static ErrorReport From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception is AggregateException { InnerExceptions.Count: 1 } one) return From(one.InnerExceptions[0]);
        if (exception is FedMetaException known) return new(known.Code, known.What, known.Hint);
        if (EnvironmentFaults.TryExplain(exception, null) is { } fault) return new(fault.Code, fault.What, fault.Hint);
        return new(
            ExitCode.Unexpected,
            $"{exception.GetType().Name}: {exception.Message}",
            "this is a defect of the program; please report it with the line above");
    }

    /// <summary>Writes <c>error:</c>, <c>hint:</c> and <c>code:</c>, one line each: no name or path from
    /// outside can draw a line of its own or move the cursor.</summary>
    public void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write($"error: {PlainText.Show(What)}\nhint: {PlainText.Show(Hint)}\ncode: {(int)Code} {Code.Name()}\n");
    }

    /// <summary>Writes one line with one JSON object: <c>error</c>, <c>hint</c>, <c>code</c>, <c>name</c>.</summary>
    public void WriteJson(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("error", What);
            json.WriteString("hint", Hint);
            json.WriteNumber("code", (int)Code);
            json.WriteString("name", Code.Name());
            json.WriteEndObject();
        }

        writer.Write(System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n");
    }
}

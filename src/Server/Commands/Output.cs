using System.Text;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;
using Spectre.Console;

namespace FedMeta.Server.Commands;

/// <summary>How commands write: tables for people, JSON for programs. Colour only where the writer is a
/// terminal.</summary>
internal static class Output
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true)
        .WithPreserveProtoFieldNames(true));

    /// <summary>One message as one line of JSON.</summary>
    public static void Json(CommandScope scope, IMessage message) => scope.Out.WriteLine(Formatter.Format(message));

    /// <summary>A table; cells are plain text, and nothing in them moves the cursor.</summary>
    public static void Table(CommandScope scope, string[] headings, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Minimal);
        foreach (var heading in headings)
            table.AddColumn(heading);
        foreach (var row in rows)
            table.AddRow(row.Select(c => new Text(PlainText.Show(c))));
        Console(scope).Write(table);
    }

    /// <summary>A terminal on the command's writer.</summary>
    public static IAnsiConsole Console(CommandScope scope)
    {
        var isTerminal = ReferenceEquals(scope.Out, System.Console.Out) && !System.Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(scope.Out),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = 160;
        return console;
    }

    /// <summary>A refused action as an error; an accepted one passes.</summary>
    public static void Require(Ack ack, string what, ExitCode code)
    {
        if (!ack.Accepted)
            throw new FedMetaException(code, $"{what}: {ack.Detail}",
                $"the coordinator's word for it is {ack.Refusal}");
    }

    /// <summary>Writes a file whole or not at all; "-" is the command's output.</summary>
    public static void File(CommandScope scope, string path, byte[] content)
    {
        if (path == "-")
        {
            scope.Out.Write(Encoding.UTF8.GetString(content));
            return;
        }

        DurableFile.Write(path, content);
        if (!scope.Json)
            scope.Out.WriteLine($"wrote {path} ({content.Length:N0} bytes)");
    }

    /// <summary>Seconds since 1970 as people read it.</summary>
    public static string Time(long seconds) => seconds == 0
        ? "never"
        : DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'",
            System.Globalization.CultureInfo.InvariantCulture);
}

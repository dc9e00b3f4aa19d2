using System.CommandLine;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;

namespace FedMeta.Server.Commands;

/// <summary>report privacy | participation | study.</summary>
internal static class ReportCommands
{
    private static readonly Argument<string> Study = new("STUDY") { Description = "Name or first characters of the hash" };
    private static readonly Option<string?> To = new("-o", "--output")
    {
        Description = "File to write; the ending .html or .json decides (default: JSON on the terminal)",
        HelpName = "FILE",
    };

    /// <summary>The branch.</summary>
    public static Command Branch() => CommandLine.Branch("report", "Reports, computed from the journal alone.",
        Leaf("privacy", "What was spent, claimed and approved, for a data-protection officer."),
        Leaf("participation", "Who was in which round, and why not."),
        Leaf("study", "The status page as a file."));

    private static Command Leaf(string kind, string description) => CommandLine.Leaf(kind, description,
        $"fedmeta report {kind} heart -o {kind}.html", [Study, To], async (scope, cancel) =>
        {
            var path = scope.Get(To);
            var format = path?.EndsWith(".html", StringComparison.OrdinalIgnoreCase) == true ? "html" : "json";
            if (path is not null && format == "json" && !path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
                throw new FedMetaException(ExitCode.Usage, $"{path} ends neither in .html nor in .json",
                    "name the file accordingly");
            var bytes = await OperatorConnection.AskAsync(scope, c => OperatorConnection.CollectAsync(
                c.GetReport(new ReportRequest { Study = scope.Get(Study), Kind = kind, Format = format },
                    cancellationToken: cancel), cancel)).ConfigureAwait(false);
            Output.File(scope, path ?? "-", bytes);
            return ExitCode.Ok;
        });
}

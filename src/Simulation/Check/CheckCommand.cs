using System.CommandLine;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Check;

/// <summary><c>fedmeta-sim check</c>: holds this build against values that others computed.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "oracle files, or folders of them",
            Arity = ArgumentArity.OneOrMore
        };
        var json = new Option<bool>("--json") { Description = "one JSON document instead of text" };
        var command = new Command("check",
            "Compare this build with reference values: per file the rows checked, the worst deviation per column "
            + "against that\n"
            + "file's tolerance, and every row that cannot be checked, with its reason.\n\nExample: fedmeta-sim "
            + "check ../shared/oracles")
        {
            paths, json,
        };
        command.SetAction(parsed => Run(parsed.GetValue(paths)!, parsed.GetValue(json), Console.Out));
        return command;
    }

    /// <returns>0 when every value that could be compared agrees and every other row has its reason; 41
    /// otherwise.</returns>
    /// <exception cref="FedMetaException">A path does not exist, or no file is in any of them.</exception>
    public static int Run(IReadOnlyList<string> paths, bool json, TextWriter output)
    {
        if (paths.FirstOrDefault(p => !Path.Exists(p)) is { } missing)
            throw new FedMetaException(ExitCode.NotFound, $"{missing} is not there",
                "give a file of reference values or a folder of them");
        var reports = OracleRunner.FilesOf(paths).Select(OracleRunner.Check).ToList();
        if (reports.Count == 0)
            throw new FedMetaException(ExitCode.NotFound, "no .json file is in these folders",
                "give a folder that holds oracle files");

        if (json) output.WriteLine(CheckJson.Of(reports));
        else CheckText.Write(reports, output);
        return reports.All(r => r.Passed) && reports.Any(r => r.RowsChecked > 0) ? (int)ExitCode.Ok
            : (int)ExitCode.AuditFailed;
    }
}

using System.CommandLine;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;

namespace FedMeta.Server.Commands;

/// <summary>model get.</summary>
internal static class ModelCommands
{
    private static readonly Argument<string> Study = new("STUDY") { Description = "Name or first characters of the hash" };
    private static readonly Option<int> Round = new("--round") { Description = "The model after this round (default: the newest)", HelpName = "N" };
    private static readonly Option<string> To = new("-o", "--output")
    {
        Description = "File to write",
        Required = true,
        HelpName = "FILE"
    };

    /// <summary>The branch.</summary>
    public static Command Branch() => CommandLine.Branch("model", "Meta-models of a study.", CommandLine.Leaf(
        "get", "Take a meta-model out; that is put on record.", "fedmeta model get heart -o heart.safetensors",
            [Study, Round, To], GetAsync));

    private static async Task<ExitCode> GetAsync(CommandScope scope, CancellationToken cancel)
    {
        var round = scope.Get(Round);
        if (round < 0)
            throw new FedMetaException(ExitCode.Usage, "--round is below 0", "rounds count from 1; 0 is the newest");
        var path = scope.Get(To)!;
        if (path == "-")
            throw new FedMetaException(ExitCode.Usage, "a model is not text and is not written to the terminal",
                "name a file with -o");
        var bytes = await OperatorConnection.AskAsync(scope, c => OperatorConnection.CollectAsync(
            c.GetModel(new OperatorModelRequest { Study = scope.Get(Study), Round = (uint)round },
                cancellationToken: cancel), cancel)).ConfigureAwait(false);
        Output.File(scope, path, bytes);
        if (scope.Json)
            scope.Out.WriteLine($"{{\"sha256\":\"{Sha256Digest.Of(bytes)}\",\"bytes\":{bytes.Length}}}");
        return ExitCode.Ok;
    }
}

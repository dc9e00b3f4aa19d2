using System.CommandLine;
using FedMeta.Client.Homes;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary><c>audit compare</c>: what two parties' checkpoints say when they meet.</summary>
internal static class CompareCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var a = new Argument<string>("a") { Description = "A .checkpoint file, from 'audit export'" };
        var b = new Argument<string>("b") { Description = "Another party's" };
        var journal = new Option<string?>("--journal") { Description = "The coordinator's exported journal" };
        return new Command("compare", """
            Compare two checkpoints of the coordinator's ledger: the same journal, a split view, or one that was cut off
            Example: fedmeta-client audit compare mine.checkpoint theirs.checkpoint
            """)
        { a, b, journal }.With(context, (own, parsed, _) =>
        {
            var comparison = CheckpointComparison.OfFiles(parsed.GetRequiredValue(a), parsed.GetRequiredValue(b),
                parsed.GetValue(journal), KeysOf(own));
            if (own.Json)
            {
                return Task.FromResult(Output.Json(own, comparison, OutputShapes.Default.CheckpointComparison,
                    comparison.Holds ? ExitCode.Ok : ExitCode.AuditFailed));
            }

            comparison.ThrowUnlessHolds();
            own.Out.WriteLine(comparison.What);
            return Task.FromResult((int)ExitCode.Ok);
        });
    }

    // The key of the checkpoint that this hospital itself signed last.
    private static byte[][] KeysOf(CommandContext own)
    {
        if (!own.Home.IsInitialised) return [];
        using var home = own.OpenHome();
        return home.Journal.Ask(state => state.CoSigning.Last) is { } last ? [Convert.FromBase64String(last.Key)] : [];
    }
}

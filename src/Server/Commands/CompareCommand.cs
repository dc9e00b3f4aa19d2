using System.CommandLine;
using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Server.Audit;

namespace FedMeta.Server.Commands;

/// <summary>audit compare: what two parties' checkpoints say when they meet.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string> A = new("A") { Description = "A .checkpoint file" };
    private static readonly Argument<string> B = new("B") { Description = "Another party's" };
    private static readonly Option<string?> Journal = new("--journal") { Description = "The exported journal (JSON lines)", HelpName = "FILE" };
    /// <summary>Names a key where no file holds it.</summary>
    public static readonly Option<string?> Key = new("--key") { Description = "The coordinator's public key, base64; the journal holds it too", HelpName = "KEY" };

    /// <summary>The command.</summary>
    public static Command Leaf() => CommandLine.Leaf("compare",
        "Compare two checkpoints: the same journal, a split view, or a journal that was cut off.",
        "fedmeta audit compare seoul.checkpoint busan.checkpoint --journal journal.jsonl", [A, B, Journal, Key], RunAsync);

    private static Task<ExitCode> RunAsync(CommandScope scope, CancellationToken cancel)
    {
        var comparison = CheckpointComparison.OfFiles(scope.Get(A)!, scope.Get(B)!, scope.Get(Journal), Keys(scope));
        if (scope.Json)
            scope.Out.WriteLine(JsonSerializer.Serialize(comparison, AuditJson.Default.CheckpointComparison));
        comparison.ThrowUnlessHolds();
        if (!scope.Json)
            scope.Out.WriteLine(comparison.What);
        return Task.FromResult(ExitCode.Ok);
    }

    /// <summary>Keys that may be the coordinator's: the one that is named, and that of the home.</summary>
    public static IEnumerable<byte[]> Keys(CommandScope scope)
    {
        if (scope.Get(Key) is { } text)
        {
            yield return Base64Text.TryDecode(text, out var key) && PublicKeys.IsValid(key)
                ? key
                : throw new FedMetaException(ExitCode.Usage, "the key is not a P-256 key in base64",
                    "copy it whole from a ledger.checkpoint record");
        }

        if (!File.Exists(scope.Home.ServerCertificate))
            yield break;
        using var certificate = CertificateFiles.Load(scope.Home.ServerCertificate);
        yield return certificate.PublicKey.ExportSubjectPublicKeyInfo();
    }
}

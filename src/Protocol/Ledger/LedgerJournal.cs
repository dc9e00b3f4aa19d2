using System.Text.Json;

namespace FedMeta.Protocol;

/// <summary>A coordinator's exported journal as far as its checkpoints are concerned: its tree, and the keys that it
/// says sign them.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Tree">Of all its records.</param>
/// <param name="Keys">SubjectPublicKeyInfo, in the order of their records.</param>
public sealed record LedgerJournal(string Name, JournalTree Tree, IReadOnlyList<byte[]> Keys)
{
    /// <summary>Type of the record of a checkpoint; its body holds <c>note</c> and <c>key</c>.</summary>
    public const string CheckpointType = "ledger.checkpoint";

    /// <summary>Reads a file.</summary>
    /// <exception cref="FedMetaException">There is no such file, or its chain does not hold (41).</exception>
    public static LedgerJournal Read(string path)
    {
        var (tree, keys) = (new JournalTree(), new List<byte[]>());
        var check = JournalFile.Verify(path, record =>
        {
            if (record.Sequence != tree.Size + 1) return;
            tree.Append(record);
            if (record.Type == CheckpointType && KeyIn(record.Body) is { } key && !keys.Any(key.SequenceEqual))
                keys.Add(key);
        });
        var problem = check.Problem ?? (check.First is 0 or 1 ? null : "the journal does not begin with it");
        return problem is null
            ? new LedgerJournal(Path.GetFileName(path), tree, keys)
            : throw new FedMetaException(ExitCode.AuditFailed,
                $"record {check.WrongRecord ?? check.First} of {path} does not hold: {problem}",
                "ask for the journal again; keep this file");
    }

    private static byte[]? KeyIn(JsonElement body) =>
        body.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String
            && Base64Text.TryDecode(key.GetString()!, out var bytes) && PublicKeys.IsValid(bytes) ? bytes : null;
}

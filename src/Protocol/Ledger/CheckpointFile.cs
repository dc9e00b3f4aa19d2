using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>A checkpoint in a file that anyone may have written: a signed note (<c>NAME.checkpoint</c>).</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Note">The note.</param>
/// <param name="Head">The checkpoint in it.</param>
public sealed record CheckpointFile(string Name, SignedNote Note, Checkpoint Head)
{
    /// <summary>Reads a file whose holder's signature is right.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">Keys that may be the ledger holder's, as SubjectPublicKeyInfo. The ledger's origin holds the
    /// pin of the right one, so it does not matter where they come from.</param>
    /// <exception cref="FedMetaException">There is no such file; it holds no checkpoint, or one that the ledger's key
    /// did not sign (41); the key is not among <paramref name="keys"/> (2).</exception>
    public static CheckpointFile Read(string path, IEnumerable<byte[]> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var file = Parse(Path.GetFileName(path), ReadBytes(path)) ?? throw new FedMetaException(ExitCode.AuditFailed,
            $"{path} holds no checkpoint of a ledger", "it was changed, or it is another file");
        _ = LedgerOrigin.TryRead(file.Head.Origin, out var pin);
        var key = keys.FirstOrDefault(each => KeyPin.Of(each) == pin) ?? throw new FedMetaException(ExitCode.Usage,
            $"the key that signed {path} is not here; its pin is {pin}",
            "give the ledger's journal with --journal, or the key itself with --key");
        return file.Note.IsSignedBy(file.Head.Origin, key) ? file : throw new FedMetaException(ExitCode.AuditFailed,
            $"{path} is not signed with the key of its ledger", "it was changed, or made up by somebody else");
    }

    /// <summary>The file's bytes.</summary>
    /// <exception cref="FedMetaException">There is no such file, or one too long for a note (41).</exception>
    public static byte[] ReadBytes(string path) => EnvironmentFaults.Explaining(path, () =>
        new FileInfo(path).Length <= SignedNote.MaxLength
            ? File.ReadAllBytes(path)
            : throw new FedMetaException(ExitCode.AuditFailed, $"{path} is longer than any checkpoint",
                "it was changed, or it is another file"));

    /// <summary>Reads the bytes; null for anything but a checkpoint of a coordinator's ledger. Says nothing about its
    /// signatures.</summary>
    public static CheckpointFile? Parse(string name, ReadOnlySpan<byte> utf8) =>
        Checkpoint.TryRead(utf8, out var note, out var head) && LedgerOrigin.TryRead(head.Origin, out _)
            ? new CheckpointFile(name, note, head)
            : null;
}

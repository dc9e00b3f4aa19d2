using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FedMeta.Protocol;

/// <summary>
/// The head of a journal's Merkle tree, in the text that is signed: C2SP tlog-checkpoint (c2sp.org/tlog-checkpoint),
/// three lines and no extension lines. Two checkpoints of one origin are of one journal exactly if a consistency proof
/// leads from the smaller to the larger.
/// </summary>
/// <param name="Origin">Which journal; see <see cref="IsOrigin"/>. Ours are <c>fedmeta/&lt;server
/// id&gt;/journal</c>.</param>
/// <param name="Size">Records, at least 0.</param>
/// <param name="Root">Root hash at that size.</param>
public sealed record Checkpoint(string Origin, long Size, Sha256Digest Root)
{
    /// <summary>Longest origin in characters.</summary>
    public const int MaxOriginLength = 128;

    /// <summary>Longest text in bytes.</summary>
    public const int MaxLength = MaxOriginLength + 19 + 44 + 3;

    /// <summary>
    /// Whether a text can be an origin: 1 to 128 printable ASCII characters without blank or plus, at least one of them
    /// a slash. No domain of an identity key's other signatures holds a slash (<see cref="Identity.Sign"/> refuses
    /// one), so the first line tells a checkpoint from everything else that such a key signs.
    /// </summary>
    public static bool IsOrigin([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxOriginLength } && text.Contains('/')
        && text.All(c => c is > ' ' and < (char)127 and not '+');

    /// <summary>The text that is signed, line feeds included.</summary>
    /// <exception cref="ArgumentException">An origin or a size out of its bounds.</exception>
    public string ToNoteText()
    {
        if (!IsOrigin(Origin) || Size < 0)
            throw new ArgumentException("the origin or the size of the checkpoint is out of its bounds");
        return string.Create(
            CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n");
    }

    /// <summary>Reads the text of a note; false for anything but what <see cref="ToNoteText"/> gives.</summary>
    public static bool TryRead([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (text is null || text.Length > MaxLength || text.Split('\n') is not [var origin, var size, var root, ""])
            return false;
        if (!IsOrigin(origin) || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        if (!Base64Text.TryDecode(root, Sha256Digest.Length, out var bytes)) return false;
        if (!Sha256Digest.TryFrom(bytes, out var hash)) return false;
        var candidate = new Checkpoint(origin, number, hash);
        if (candidate.ToNoteText() != text) return false;
        checkpoint = candidate;
        return true;
    }

    /// <summary>Reads the text of a signed note. Says nothing about its signatures.</summary>
    public static bool TryRead(SignedNote note, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(note);
        return TryRead(note.Text, out checkpoint);
    }

    /// <summary>Reads a signed note in bytes and the checkpoint in it. Says nothing about its signatures.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> utf8,
        [NotNullWhen(true)] out SignedNote? note,
        [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        return SignedNote.TryRead(utf8, out note) && TryRead(note, out checkpoint);
    }
}

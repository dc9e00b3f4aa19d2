using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>
/// A text with signatures under it: C2SP signed-note (c2sp.org/signed-note). The text ends with a line feed; an empty
/// line, the last one, separates it from the signature lines. What is read is emitted again byte for byte; whose
/// signature counts is asked with <see cref="IsSignedBy"/>, and lines by keys nobody asks about count nothing.
/// </summary>
public sealed class SignedNote
{
    /// <summary>Longest note in bytes.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Most signatures: each hospital of a large consortium, and some more.</summary>
    public const int MaxSignatures = 4096;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>What is signed, its last line feed included.</summary>
    public string Text { get; }

    /// <summary>The signature lines in their order, at least one.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>A note with one signature.</summary>
    /// <inheritdoc cref="NoteSignature.Of"/>
    public static SignedNote Sign(Checkpoint checkpoint, string name, Identity identity)
    {
        var signature = NoteSignature.Of(checkpoint, name, identity);
        return new SignedNote(checkpoint.ToNoteText(), [signature]);
    }

    /// <summary>
    /// The note with one more line. A line that stands there already leaves it as it is; whether the signature holds is
    /// asked elsewhere.
    /// </summary>
    /// <exception cref="ArgumentException">The note would be too long.</exception>
    public SignedNote With(NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        if (Signatures.Contains(signature)) return this;
        var note = new SignedNote(Text, [.. Signatures, signature]);
        return note.Signatures.Count <= MaxSignatures && note.ToBytes().Length <= MaxLength
            ? note
            : throw new ArgumentException("the note has as many signatures as it can hold", nameof(signature));
    }

    /// <summary>
    /// Whether the key's holder signed the text: at least one line claims to be by the key, and every line that does
    /// holds. Hostile bytes give false.
    /// </summary>
    /// <param name="name">The key's name.</param>
    /// <param name="publicKey">SubjectPublicKeyInfo of a P-256 key, DER, known from elsewhere.</param>
    public bool IsSignedBy(string name, ReadOnlySpan<byte> publicKey)
    {
        var isSigned = false;
        foreach (var signature in Signatures)
        {
            if (!signature.Claims(name, publicKey)) continue;
            if (!signature.Verify(Text, name, publicKey)) return false;
            isSigned = true;
        }

        return isSigned;
    }

    /// <summary>The note in UTF-8.</summary>
    public byte[] ToBytes()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures) note.Append(signature.ToLine()).Append('\n');
        return Strict.GetBytes(note.ToString());
    }

    /// <summary>Reads a note. Never throws for what the bytes hold.</summary>
    /// <param name="utf8">The bytes; false for anything but what <see cref="ToBytes"/> gives.</param>
    /// <param name="note">The note.</param>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        if (utf8.Length > MaxLength || !TryDecode(utf8, out var whole)) return false;
        if (whole.Any(c => c < ' ' && c != '\n')) return false;
        var blank = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !whole.EndsWith('\n')) return false;
        var lines = whole[(blank + 2)..].Split('\n');
        if (lines.Length - 1 > MaxSignatures) return false;
        var signatures = new List<NoteSignature>();
        foreach (var line in lines.AsSpan(..^1))
        {
            if (!NoteSignature.TryRead(line, out var signature)) return false;
            signatures.Add(signature);
        }

        if (signatures.Count == 0) return false;
        note = new SignedNote(whole[..(blank + 1)], signatures);
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> utf8, out string text)
    {
        text = "";
        try
        {
            text = Strict.GetString(utf8);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}

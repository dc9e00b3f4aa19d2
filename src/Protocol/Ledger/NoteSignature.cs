using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>
/// One signature line of a note (C2SP signed-note, c2sp.org/signed-note): em dash, blank, key name, blank, base64 of
/// the 4 bytes of the key id and the signature. Lines by keys that nobody here knows are kept as they are.
/// </summary>
/// <remarks>
/// Ours are of type 0x02: ECDSA on P-256 with SHA-256 over the text as it is, the signature in DER (RFC 3279, section
/// 2.2.3), the key id the first four bytes of SHA-256 of the SubjectPublicKeyInfo.
/// </remarks>
public sealed record NoteSignature
{
    /// <summary>Longest key name in UTF-16 characters.</summary>
    public const int MaxNameLength = 256;

    /// <summary>Longest signature in bytes, the key id not counted: room for those of other schemes.</summary>
    public const int MaxSignatureLength = 8192;

    private const string Dash = "\u2014 ";
    private const int KeyIdLength = 4;
    private readonly byte[] _bytes;

    private NoteSignature(string name, byte[] bytes) => (Name, _bytes) = (name, bytes);

    /// <summary>The key's name.</summary>
    public string Name { get; }

    /// <summary>The key's id.</summary>
    public uint KeyId => BinaryPrimitives.ReadUInt32BigEndian(_bytes);

    /// <summary>The id of a P-256 key for signatures of type 0x02.</summary>
    /// <param name="publicKey">SubjectPublicKeyInfo, DER.</param>
    public static uint KeyIdOf(ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(publicKey));

    /// <summary>Whether a text can be a key's name: 1 to 256 characters without Unicode blank, plus or
    /// control.</summary>
    public static bool IsName([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxNameLength }
        && text.EnumerateRunes().All(r => r.Value != '+' && !Rune.IsWhiteSpace(r) && !Rune.IsControl(r));

    /// <summary>Signs a checkpoint with an identity key.</summary>
    /// <param name="checkpoint">What is signed. Identity keys sign no other notes: a text of another kind might be one
    /// that such a key signs for another purpose.</param>
    /// <param name="name">The key's name.</param>
    /// <param name="identity">The key.</param>
    /// <exception cref="ArgumentException">A name or a checkpoint out of its bounds.</exception>
    public static NoteSignature Of(Checkpoint checkpoint, string name, Identity identity)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(identity);
        if (!IsName(name)) throw new ArgumentException("that is not the name of a key", nameof(name));
        var signature = identity.Key.SignData(
            Encoding.UTF8.GetBytes(checkpoint.ToNoteText()),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence);
        var bytes = new byte[KeyIdLength + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyIdOf(identity.PublicKey));
        signature.CopyTo(bytes, KeyIdLength);
        return new NoteSignature(name, bytes);
    }

    /// <summary>Whether this claims to be by that key: name and key id are its own.</summary>
    public bool Claims(string name, ReadOnlySpan<byte> publicKey) => Name == name && KeyId == KeyIdOf(publicKey);

    /// <summary>Whether the holder of the key signed the text. Hostile bytes give false.</summary>
    /// <param name="text">The note's text.</param>
    /// <param name="name">The key's name.</param>
    /// <param name="publicKey">SubjectPublicKeyInfo of a P-256 key, DER.</param>
    public bool Verify(string text, string name, ReadOnlySpan<byte> publicKey)
    {
        if (!Claims(name, publicKey) || !PublicKeys.TryImport(publicKey, out var key)) return false;
        using (key)
        {
            return EcdsaDer.IsCanonical(_bytes.AsSpan(KeyIdLength)) && key.VerifyData(
                Encoding.UTF8.GetBytes(text),
                _bytes.AsSpan(KeyIdLength),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    /// <summary>The line without its line feed.</summary>
    public string ToLine() => $"{Dash}{Name} {Convert.ToBase64String(_bytes)}";

    /// <summary>Reads a line without its line feed; false for anything but what <see cref="ToLine"/> gives.</summary>
    public static bool TryRead([NotNullWhen(true)] string? line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (line is null || !line.StartsWith(Dash, StringComparison.Ordinal)) return false;
        if (line[Dash.Length..].Split(' ') is not [var name, var base64] || !IsName(name)) return false;
        if (!Base64Text.TryDecode(base64, KeyIdLength + MaxSignatureLength, out var bytes)) return false;
        if (bytes.Length <= KeyIdLength) return false;
        signature = new NoteSignature(name, bytes);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(NoteSignature? other) =>
        other is not null && Name == other.Name && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, KeyId, _bytes.Length);

    /// <summary>The line.</summary>
    public override string ToString() => ToLine();
}

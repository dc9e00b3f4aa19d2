using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace FedMeta.Protocol;

/// <summary>
/// The one-time secret of an invite: 160 random bits. Who shows knowledge of it may ask for membership, once. It is
/// never in a journal, a log or a message: only its HMAC travels.
/// </summary>
public sealed class InviteSecret : IDisposable
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 20;

    private readonly byte[] _bytes;
    private bool _isDisposed;

    private InviteSecret(byte[] bytes) => _bytes = bytes;

    /// <summary>Draws a secret.</summary>
    public static InviteSecret Create(RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var bytes = new byte[Length];
        random.GetBytes(bytes);
        return new InviteSecret(bytes);
    }

    /// <summary>Reads the 27 characters of base64url that <see cref="Reveal"/> gives.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out InviteSecret? secret)
    {
        secret = null;
        if (text is null || !Base64Text.TryDecodeUrl(text, Length, out var bytes) || bytes.Length != Length)
            return false;
        secret = new InviteSecret(bytes);
        return true;
    }

    /// <summary>
    /// 27 characters of base64url: for the invite line, and for the coordinator's own file (0600) until it is used.
    /// </summary>
    public string Reveal() => Base64Url.EncodeToString(Bytes);

    internal ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _bytes;
        }
    }

    /// <summary>Overwrites the secret.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => "(secret)";
}

using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>
/// A hospital's approval or refusal of one study document. What it signs is a short canonical text with the document's
/// hash, so that a changed byte of the document voids it.
/// </summary>
/// <param name="Study">Hash of the document.</param>
/// <param name="ClientId">Who decides.</param>
/// <param name="IsApproval">Approval, or refusal.</param>
/// <param name="Reason">At most 500 characters; may be empty.</param>
/// <param name="DecidedAt">UTC, whole seconds.</param>
public sealed record StudyDecision(
    Sha256Digest Study, string ClientId, bool IsApproval, string Reason, DateTimeOffset DecidedAt)
{
    /// <summary>Longest reason in characters.</summary>
    public const int MaxReason = 500;

    private const string Domain = "fedmeta-decision-v1";

    /// <summary>The text that is signed.</summary>
    public string ToCanonicalText()
    {
        var text = new StringBuilder();
        text.Append($"study = {CanonicalToml.Text(Study.ToString())}\n");
        text.Append($"client = {CanonicalToml.Text(ClientId)}\n");
        text.Append($"decision = {CanonicalToml.Text(IsApproval ? "approve" : "refuse")}\n");
        text.Append($"reason = {CanonicalToml.Text(Reason)}\n");
        text.Append($"decided_at = {CanonicalToml.Integer(DecidedAt.ToUnixTimeSeconds())}\n");
        return text.ToString();
    }

    /// <summary>Signs with the hospital's identity key.</summary>
    /// <returns>64 bytes.</returns>
    /// <exception cref="ArgumentException">An id or a reason that cannot be.</exception>
    public byte[] Sign(Identity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (!IsWellFormed)
            throw new ArgumentException("a client id and a reason of at most 500 visible characters are needed");
        return identity.Sign(Domain, Encoding.UTF8.GetBytes(ToCanonicalText()));
    }

    /// <summary>Whether the holder of <paramref name="publicKey"/> decided this. Hostile bytes give false.</summary>
    /// <param name="publicKey">The member's key in the document, DER.</param>
    /// <param name="signature">64 bytes.</param>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature) =>
        IsWellFormed && PublicKeys.Verify(publicKey, Domain, Encoding.UTF8.GetBytes(ToCanonicalText()), signature);

    /// <summary>The message that carries it; the receiver knows the client from its certificate.</summary>
    public V1.Decision ToMessage(ReadOnlySpan<byte> signature) => new()
    {
        StudyHash = Google.Protobuf.ByteString.CopyFrom(Study.ToArray()),
        Approve = IsApproval,
        Reason = Reason,
        DecidedAt = DecidedAt.ToUnixTimeSeconds(),
        Signature = Google.Protobuf.ByteString.CopyFrom(signature),
    };

    /// <summary>
    /// Reads a message; false where a field is out of its bounds. The signature is still to be verified.
    /// </summary>
    public static bool TryRead(V1.Decision message, string clientId, [NotNullWhen(true)] out StudyDecision? decision)
    {
        ArgumentNullException.ThrowIfNull(message);
        decision = null;
        if (!Sha256Digest.TryFrom(message.StudyHash.Span, out var study)) return false;
        if (message.DecidedAt is < 0 or > MaxTime) return false;
        var candidate = new StudyDecision(
            study, clientId, message.Approve, message.Reason, DateTimeOffset.FromUnixTimeSeconds(message.DecidedAt));
        if (!candidate.IsWellFormed) return false;
        decision = candidate;
        return true;
    }

    // The end of the year 9999.
    private const long MaxTime = 253402300799;

    private bool IsWellFormed =>
        Protocol.ClientId.IsValid(ClientId) && (Reason.Length == 0 || PlainText.IsOneLine(Reason, MaxReason));
}

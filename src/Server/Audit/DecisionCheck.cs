using FedMeta.Protocol;

namespace FedMeta.Server.Audit;

/// <summary>Whether a decision on record carries the signature of the member that it names.</summary>
internal static class DecisionCheck
{
    /// <summary>Verifies the signature (Base64) with the key in the document.</summary>
    public static bool IsSigned(StudyDocument document, StudyMember member, bool approve, string reason, long decidedAt,
        string signature) =>
        decidedAt is >= 0 and <= 253402300799
        && Base64Text.TryDecode(signature, out var bytes)
        && new StudyDecision(document.Hash, member.Id, approve, reason, DateTimeOffset.FromUnixTimeSeconds(decidedAt))
            .Verify(member.PublicKey, bytes);
}

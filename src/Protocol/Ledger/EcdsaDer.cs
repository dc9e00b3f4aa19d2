using System.Formats.Asn1;

namespace FedMeta.Protocol;

/// <summary>The one DER form of an ECDSA signature (RFC 3279, section 2.2.3; ITU-T X.690, section 10).</summary>
internal static class EcdsaDer
{
    // Two integers of at most 33 bytes with their headers, in a sequence.
    private const int MaxLength = 72;

    /// <summary>
    /// Whether the bytes are a sequence of two positive integers, shortest encoding, nothing behind. Platforms differ
    /// in what else they take, and a note that one party refuses must not be one that another accepts.
    /// </summary>
    public static bool IsCanonical(ReadOnlySpan<byte> signature)
    {
        if (signature.Length > MaxLength) return false;
        try
        {
            AsnDecoder.ReadSequence(signature, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
            if (consumed != signature.Length) return false;
            var content = signature.Slice(offset, length);
            var r = AsnDecoder.ReadInteger(content, AsnEncodingRules.DER, out var first);
            var s = AsnDecoder.ReadInteger(content[first..], AsnEncodingRules.DER, out var second);
            return first + second == content.Length && r.Sign > 0 && s.Sign > 0;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}

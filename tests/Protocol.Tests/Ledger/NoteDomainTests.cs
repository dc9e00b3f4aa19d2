using System.Security.Cryptography;
using System.Text;

namespace FedMeta.Protocol.Tests.Ledger;

/// <summary>One key signs decisions, entries, hashes of the aggregation and checkpoints: none may pass for
/// another.</summary>
public sealed class NoteDomainTests : IDisposable
{
    private readonly Identity _identity = Identity.Create();

    public void Dispose() => _identity.Dispose();

    [Fact]
    public void A_statement_in_a_domain_cannot_be_shown_as_a_checkpoint()
    {
        // What is signed is the domain, a line feed and the message: a domain that could be an origin would do.
        var root = Convert.ToBase64String(new byte[32]);
        var message = Encoding.ASCII.GetBytes($"7\n{root}\n");
        Assert.Throws<ArgumentException>(() => _identity.Sign("fedmeta/x/journal", message));
        var signature = _identity.Sign("fedmeta-spend-v1", message);
        var text = $"fedmeta-spend-v1\n7\n{root}\n";
        Assert.True(SignedNote.TryRead(Note(text, signature), out var note));
        Assert.True(note.IsSignedBy("seoul", _identity.PublicKey));
        Assert.False(Checkpoint.TryRead(note, out _));
    }

    [Fact]
    public void A_signed_checkpoint_cannot_be_shown_as_a_statement_in_a_domain()
    {
        var checkpoint = new Checkpoint("fedmeta/x/journal", 7, Sha256Digest.Of([]));
        var line = NoteSignature.Of(checkpoint, "seoul", _identity).ToLine();
        var der = Convert.FromBase64String(line.Split(' ')[2])[4..];
        var fixedForm = Fixed(der);
        var parts = checkpoint.ToNoteText().Split('\n', 2);
        var text = Encoding.ASCII.GetBytes(checkpoint.ToNoteText());
        Assert.True(_identity.Key.VerifyData(
            text, fixedForm, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        Assert.Throws<ArgumentException>(
            () => PublicKeys.Verify(_identity.PublicKey, parts[0], Encoding.ASCII.GetBytes(parts[1]), fixedForm));
        foreach (var domain in (string[])["fedmeta-spend-v1", "fedmeta-decision-v1", "fedmeta"])
            Assert.False(PublicKeys.Verify(_identity.PublicKey, domain, text, fixedForm));
    }

    [Fact]
    public void A_hash_that_the_aggregation_signs_is_too_short_for_a_checkpoint()
    {
        // Messages of 32 bytes are signed as they are; the shortest checkpoint is longer.
        var shortest = new Checkpoint("/", 0, default).ToNoteText();
        Assert.True(shortest.Length > 32);
        Assert.False(Checkpoint.TryRead(new string('a', 32), out _));
    }

    [Fact]
    public void What_TLS_signs_begins_with_bytes_that_no_note_holds()
    {
        // TLS 1.3: 64 blanks, a context text and a zero byte (RFC 8446, section 4.4.3). TLS 1.2: two random values of
        // 32 bytes and the curve, which begins with 3 (RFC 8422, section 5.4).
        byte[] tls13 = [.. Enumerable.Repeat((byte)' ', 64), .. "TLS 1.3, client CertificateVerify"u8, 0];
        byte[] tls12 = [.. "fedmeta/x/journal\n7\n"u8, .. Enumerable.Repeat((byte)'A', 44), 3, 0, 23];
        Assert.False(Checkpoint.TryRead(Encoding.Latin1.GetString(tls13), out _));
        Assert.False(Checkpoint.TryRead(Encoding.Latin1.GetString(tls12), out _));
        Assert.False(SignedNote.TryRead(Note(Encoding.Latin1.GetString(tls12), new byte[64]), out _));
    }

    private byte[] Note(string text, byte[] fixedSignature)
    {
        var keyId = BitConverter.GetBytes(NoteSignature.KeyIdOf(_identity.PublicKey)).Reverse();
        var signature = (byte[])[.. keyId, .. Der(fixedSignature)];
        return Encoding.UTF8.GetBytes($"{text}\n\u2014 seoul {Convert.ToBase64String(signature)}\n");
    }

    private static byte[] Der(byte[] signature)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Shortest(signature.AsSpan(..32)));
            writer.WriteIntegerUnsigned(Shortest(signature.AsSpan(32..)));
        }

        return writer.Encode();
    }

    private static ReadOnlySpan<byte> Shortest(ReadOnlySpan<byte> number)
    {
        while (number.Length > 1 && number[0] == 0) number = number[1..];
        return number;
    }

    private static byte[] Fixed(byte[] der)
    {
        var reader = new System.Formats.Asn1.AsnReader(der, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        byte[] Next()
        {
            var number = reader.ReadInteger().ToByteArray(isUnsigned: true, isBigEndian: true);
            return [.. new byte[32 - number.Length], .. number];
        }

        return [.. Next(), .. Next()];
    }
}

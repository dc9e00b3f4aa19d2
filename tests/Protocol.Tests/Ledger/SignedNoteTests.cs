using System.Text;

namespace FedMeta.Protocol.Tests.Ledger;

public sealed class SignedNoteTests : IDisposable
{
    private const string Server = "fedmeta/0123abcd/journal", Hospital = "seoul-general";
    private static readonly Checkpoint Sample = new(Server, 42, Sha256Digest.Of("root"u8));
    private readonly Identity _server = Identity.Create();
    private readonly Identity _hospital = Identity.Create();

    public void Dispose()
    {
        _server.Dispose();
        _hospital.Dispose();
    }

    [Fact]
    public void A_checkpoint_is_signed_by_the_server_and_by_a_hospital_under_it()
    {
        var note = Signed();
        Assert.True(note.IsSignedBy(Server, _server.PublicKey));
        Assert.True(note.IsSignedBy(Hospital, _hospital.PublicKey));
        Assert.False(note.IsSignedBy(Hospital, _server.PublicKey));
        Assert.False(note.IsSignedBy("busan", _hospital.PublicKey));
        Assert.True(Checkpoint.TryRead(note, out var checkpoint));
        Assert.Equal(Sample, checkpoint);
        Assert.True(SignedNote.TryRead(note.ToBytes(), out var again));
        Assert.Equal(note.ToBytes(), again.ToBytes());
        Assert.True(again.IsSignedBy(Hospital, _hospital.PublicKey));
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_refused_or_loses_a_signature()
    {
        var bytes = Signed().ToBytes();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            if (!SignedNote.TryRead(changed, out var note)) continue;
            Assert.Equal(changed, note.ToBytes());
            Assert.False(note.IsSignedBy(Server, _server.PublicKey) && note.IsSignedBy(Hospital, _hospital.PublicKey));
        }
    }

    [Fact]
    public void One_wrong_line_by_a_known_key_spoils_the_note_and_lines_by_others_do_not()
    {
        var elsewhere = NoteSignature.Of(Sample with { Size = 43 }, Hospital, _hospital);
        Assert.False(Signed().With(elsewhere).IsSignedBy(Hospital, _hospital.PublicKey));
        Assert.True(Signed().With(elsewhere).IsSignedBy(Server, _server.PublicKey));

        using var stranger = Identity.Create();
        var note = Signed().With(NoteSignature.Of(Sample, Hospital, stranger));
        Assert.True(note.IsSignedBy(Hospital, _hospital.PublicKey));
        Assert.True(note.IsSignedBy(Hospital, stranger.PublicKey));
        Assert.Equal(3, note.Signatures.Count);
    }

    [Fact]
    public void A_line_that_stands_there_is_not_added_again_and_travels_alone()
    {
        var note = Signed();
        Assert.Same(note, note.With(note.Signatures[1]));
        Assert.True(NoteSignature.TryRead(note.Signatures[1].ToLine(), out var alone));
        Assert.Equal(note.Signatures[1], alone);
        Assert.True(alone.Verify(note.Text, Hospital, _hospital.PublicKey));
    }

    [Fact]
    public void Doubled_lines_are_read_as_they_are()
    {
        var line = Encoding.UTF8.GetBytes(Signed().Signatures[0].ToLine());
        byte[] bytes = [.. Signed().ToBytes(), .. line, (byte)'\n'];
        Assert.True(SignedNote.TryRead(bytes, out var note));
        Assert.Equal(bytes, note.ToBytes());
    }

    [Theory]
    [InlineData("text\n\n", "", false)]
    [InlineData("text\n\n", "\u2014 a AAAAAAE=", false)]
    [InlineData("text\n", "\u2014 a AAAAAAE=\n", false)]
    [InlineData("text\n\n", "\u2014 a AAAAAAE=\n", true)]
    [InlineData("te\n\nxt\n\n", "\u2014 a AAAAAAE=\n", true)]
    [InlineData("te\txt\n\n", "\u2014 a AAAAAAE=\n", false)]
    [InlineData("text\r\n\n", "\u2014 a AAAAAAE=\n", false)]
    [InlineData("text\n\n", "- a AAAAAAE=\n", false)]
    [InlineData("text\n\n", "\u2014 a  AAAAAAE=\n", false)]
    [InlineData("text\n\n", "\u2014 a AAAAAAE= \n", false)]
    [InlineData("text\n\n", "\u2014  AAAAAAE=\n", false)]
    [InlineData("text\n\n", "\u2014 a+b AAAAAAE=\n", false)]
    [InlineData("text\n\n", "\u2014 a\u00A0b AAAAAAE=\n", false)]
    [InlineData("text\n\n", "\u2014 a\u2003b AAAAAAE=\n", false)]
    [InlineData("text\n\n", "\u2014 a AAAAAA==\n", false)]
    [InlineData("text\n\n", "\u2014 a AAAAAAF=\n", false)]
    [InlineData("text\n\n", "\u2014 a AAAAAAE\n", false)]
    [InlineData("text\n\n", "\u2014 a AAAAAAE=\n\u2014 b AAAAAAE=\n", true)]
    [InlineData("text\n\n", "\u2014 a AAAAAAE=\nmore\n", false)]
    [InlineData("text\n\n", "\u2014 \uBCD1\uC6D0/1 AAAAAAE=\n", true)]
    public void The_form_is_held_to(string text, string lines, bool isNote)
    {
        var bytes = Encoding.UTF8.GetBytes(text + lines);
        Assert.Equal(isNote, SignedNote.TryRead(bytes, out var note));
        if (note is not null) Assert.Equal(bytes, note.ToBytes());
    }

    [Fact]
    public void Bytes_that_are_no_utf8_too_many_lines_and_too_long_ones_are_refused()
    {
        Assert.False(SignedNote.TryRead([(byte)'a', 0xFF, .. "\n\n\u2014 a AAAAAAE=\n"u8], out _));
        var many = "t\n\n" + string.Concat(Enumerable.Repeat("\u2014 a AAAAAAE=\n", SignedNote.MaxSignatures));
        Assert.True(SignedNote.TryRead(Encoding.UTF8.GetBytes(many), out var full));
        Assert.False(SignedNote.TryRead(Encoding.UTF8.GetBytes(many + "\u2014 a AAAAAAE=\n"), out _));
        Assert.Throws<ArgumentException>(() => full.With(Signed().Signatures[0]));
        var longest = Convert.ToBase64String(new byte[4 + NoteSignature.MaxSignatureLength]);
        var longer = Convert.ToBase64String(new byte[5 + NoteSignature.MaxSignatureLength]);
        Assert.True(SignedNote.TryRead(Encoding.UTF8.GetBytes($"t\n\n\u2014 a {longest}\n"), out _));
        Assert.False(SignedNote.TryRead(Encoding.UTF8.GetBytes($"t\n\n\u2014 a {longer}\n"), out _));
        Assert.False(SignedNote.TryRead(new byte[SignedNote.MaxLength + 1], out _));
        Properties.Holds(Properties.Bytes(300), bytes => !SignedNote.TryRead(bytes, out _));
    }

    [Fact]
    public void A_signature_has_one_form()
    {
        var line = NoteSignature.Of(Sample, Hospital, _hospital).ToLine();
        var bytes = Convert.FromBase64String(line.Split(' ')[2]);
        Assert.True(Reads(bytes).Verify(Sample.ToNoteText(), Hospital, _hospital.PublicKey));
        Assert.False(Reads([.. bytes, 0]).Verify(Sample.ToNoteText(), Hospital, _hospital.PublicKey));

        // The same two integers, the length of the sequence in two bytes.
        byte[] longForm = [.. bytes[..5], 0x81, .. bytes[5..]];
        Assert.False(Reads(longForm).Verify(Sample.ToNoteText(), Hospital, _hospital.PublicKey));
        Properties.Holds(
            Properties.Mutation(bytes),
            other => other.AsSpan().SequenceEqual(bytes)
                || !Reads(other).Verify(Sample.ToNoteText(), Hospital, _hospital.PublicKey));
        Assert.False(Reads(bytes).Verify(Sample.ToNoteText(), Hospital, new byte[91]));
        Assert.False(Reads(bytes).Verify(Sample.ToNoteText(), Hospital, []));
    }

    // Checkpoints of public logs (Rekor, Pixel) with their public keys: signatures of type 0x02.
    [Theory]
    [InlineData(
        "Rekor\n798034\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n",
        "\u2014 rekor.sigstore.dev wNI9ajBEAiARInWIWyCdyG27CO6LPnPekyw20qO0YJfoaPaowGp/XgIgc+qEHS3+GKVClgqq20uDLet7"
            + "MCoTURUCRdxwWBHHufk=",
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2G2Y+2tabdTV5BcGiBIx0a9fAFwrkBbmLSGtks4L3qX6yYY0zufBnhC8Ur/iy55GhWP/9"
            + "A/bY2LhC30M9+RYtw==")]
    [InlineData(
        "DEFAULT\n10\nbsWRucJU5xJPHb5eBdOm6+DM+VelCZBuvtI3sHERJ9Y=\n",
        "\u2014 pixel6_transparency_log kcFuMDBFAiEAhqMAP8P6qf6QxtUJhzMhbN+MbZ9dwfUHzGQJmffJHtoCIGD0cNe47dHWBoPwYdgB"
            + "CepB06/+g5O1FmYjXl06owL4",
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE37jHQmTXJPC8sUj0Dg0N0ZlxfRqJZV1YzlclXLQzhVYPcC/JblDoez0DSZwOSlShiCf4o"
            + "o83MULQfec3erolDw==")]
    public void Notes_of_public_logs_are_read_and_verified(string text, string line, string key)
    {
        var bytes = Encoding.UTF8.GetBytes($"{text}\n{line}\n");
        var publicKey = Convert.FromBase64String(key);
        Assert.True(SignedNote.TryRead(bytes, out var note));
        Assert.Equal(bytes, note.ToBytes());
        Assert.True(note.IsSignedBy(note.Signatures[0].Name, publicKey));
        Assert.False(note.IsSignedBy("another", publicKey));
        Assert.True(SignedNote.TryRead(Encoding.UTF8.GetBytes($"{text}more\n\n{line}\n"), out var changed));
        Assert.False(changed.IsSignedBy(note.Signatures[0].Name, publicKey));
    }

    private SignedNote Signed() =>
        SignedNote.Sign(Sample, Server, _server).With(NoteSignature.Of(Sample, Hospital, _hospital));

    private static NoteSignature Reads(byte[] bytes)
    {
        var line = $"\u2014 {Hospital} {Convert.ToBase64String(bytes)}";
        return NoteSignature.TryRead(line, out var signature) ? signature
            : throw new ArgumentException("not a line");
    }
}

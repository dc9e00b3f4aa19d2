using System.Text;

namespace FedMeta.Protocol.Tests.Ledger;

public class CheckpointTests
{
    private static readonly Checkpoint Sample = new("fedmeta/0123abcd/journal", 42, Sha256Digest.Of("root"u8));

    [Fact]
    public void A_text_is_read_again_and_the_first_three_lines_are_origin_size_and_root()
    {
        var lines = Sample.ToNoteText().Split('\n');
        Assert.Equal(["fedmeta/0123abcd/journal", "42", Convert.ToBase64String(Sample.Root.ToArray()), ""], lines);
        foreach (var size in (long[])[0, 1, 9, 10, long.MaxValue])
        {
            Assert.True(Checkpoint.TryRead((Sample with { Size = size }).ToNoteText(), out var again));
            Assert.Equal(Sample with { Size = size }, again);
        }
    }

    [Theory]
    [InlineData("42\n", "042\n")]
    [InlineData("42\n", "+42\n")]
    [InlineData("42\n", "-1\n")]
    [InlineData("42\n", "42 \n")]
    [InlineData("42\n", "\u0664\u0662\n")]
    [InlineData("42\n", "9223372036854775808\n")]
    [InlineData("42\n", "\n")]
    [InlineData("fedmeta/", "fedmeta ")]
    [InlineData("fedmeta/", "fed+meta/")]
    [InlineData("fedmeta/0123abcd/journal\n", "fedmeta-spend-v1\n")]
    [InlineData("fedmeta/0123abcd/journal\n", "\n")]
    [InlineData("fedmeta/0123abcd/journal\n", "")]
    [InlineData("=\n", "\n")]
    [InlineData("=\n", "=")]
    [InlineData("=\n", "==\n")]
    [InlineData("=\n", "=\nextension\n")]
    [InlineData("=\n", "=\n\n")]
    [InlineData("=\n", "=\r\n")]
    public void Any_other_text_is_refused(string old, string wrong)
    {
        var text = Sample.ToNoteText();
        Assert.Contains(old, text, StringComparison.Ordinal);
        Assert.False(Checkpoint.TryRead(text.Replace(old, wrong, StringComparison.Ordinal), out _));
    }

    [Fact]
    public void A_root_has_one_base64_text()
    {
        // The last digit before the padding carries two bits that no byte holds.
        var text = Sample.ToNoteText();
        var digit = text[^3];
        var others = 0;
        foreach (var other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        {
            if (other != digit && Checkpoint.TryRead($"{text[..^3]}{other}=\n", out var read))
            {
                others++;
                Assert.NotEqual(Sample.Root, read.Root);
            }
        }

        Assert.Equal(15, others);
    }

    [Fact]
    public void What_is_read_is_what_would_be_written()
    {
        Properties.Holds(
            Properties.Mutation(Encoding.ASCII.GetBytes(Sample.ToNoteText())),
            bytes => !Checkpoint.TryRead(Encoding.Latin1.GetString(bytes), out var read)
                || read.ToNoteText() == Encoding.Latin1.GetString(bytes),
            2000);
        Properties.Holds(Properties.Text(300), text => !Checkpoint.TryRead(text, out _));
        Assert.False(Checkpoint.TryRead((string?)null, out _));
    }

    [Fact]
    public void An_origin_of_the_greatest_length_fits()
    {
        var origin = "a/" + new string('b', Checkpoint.MaxOriginLength - 2);
        var longest = Sample with { Origin = origin, Size = long.MaxValue };
        Assert.Equal(Checkpoint.MaxLength, longest.ToNoteText().Length);
        Assert.True(Checkpoint.TryRead(longest.ToNoteText(), out _));
        Assert.Throws<ArgumentException>(() => (longest with { Origin = longest.Origin + "b" }).ToNoteText());
        Assert.Throws<ArgumentException>(() => (longest with { Size = -1 }).ToNoteText());
    }
}

using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Protocol.Tests;

public class SpendStatementTests
{
    private static readonly Identity Hospital = Identity.Create();
    private static readonly SpendStatement Sample = new(
        Sha256Digest.Of("study"u8),
        3,
        1,
        "seoul-general",
        Sha256Digest.Of("model"u8),
        BigInteger.Pow(2, 70),
        BigInteger.Pow(2, 72),
        BigInteger.Pow(10, 30),
        123,
        3,
        FixedTime.Start);

    [Fact]
    public void The_text_is_the_documented_one()
    {
        Assert.Equal(
            string.Join(
                ',',
                $$"""{"study":"{{Sample.Study}}","round":3,"attempt":1,"client":"seoul-general" """.Trim(),
                $"\"model\":\"{Sample.Model}\"",
                "\"rho\":\"1180591620717411303424\",\"cumulative\":\"4722366482869645213696\"",
                "\"local_variance\":\"1000000000000000000000000000000\",\"norm_bound_squared\":\"123\"",
                "\"honest_minimum\":3,\"at\":1893553445678}"),
            Encoding.ASCII.GetString(Sample.ToCanonicalJson()));
    }

    [Fact]
    public void Decoding_what_was_encoded_gives_the_same_statement() => Properties.Holds(Statements, statement =>
        SpendStatement.TryRead(statement.ToCanonicalJson(), out var again) && again == statement);

    [Fact]
    public void A_signature_holds_for_one_statement_and_one_key()
    {
        using var other = Identity.Create();
        var signature = Sample.Sign(Hospital);
        Assert.True(Sample.Verify(Hospital.PublicKey, signature));
        Assert.False(Sample.Verify(other.PublicKey, signature));
        Assert.False((Sample with { Rho = 0 }).Verify(Hospital.PublicKey, signature));
        Assert.False((Sample with { Round = 4 }).Verify(Hospital.PublicKey, signature));
        Assert.False((Sample with { At = Sample.At.AddMilliseconds(1) }).Verify(Hospital.PublicKey, signature));
        Assert.False((Sample with { Round = 0 }).Verify(Hospital.PublicKey, signature));
    }

    [Fact]
    public void A_changed_byte_is_refused_or_is_another_statement()
    {
        var bytes = Sample.ToCanonicalJson();
        var signature = Sample.Sign(Hospital);
        Properties.Holds(Properties.Mutation(bytes), changed =>
            changed.SequenceEqual(bytes)
            || !SpendStatement.TryRead(changed, out var other)
            || !other.Verify(Hospital.PublicKey, signature), 1000);
    }

    [Theory]
    [InlineData("\"rho\":\"1180591620717411303424\"", "\"rho\":\"01180591620717411303424\"")]
    [InlineData("\"rho\":\"1180591620717411303424\"", "\"rho\":\"-1\"")]
    [InlineData("\"rho\":\"1180591620717411303424\"", "\"rho\":\"4722366482869645213697\"")]
    [InlineData("\"rho\":\"1180591620717411303424\"", "\"rho\":1")]
    [InlineData("\"round\":3", "\"round\":0")]
    [InlineData("\"round\":3", "\"round\":3.0")]
    [InlineData("\"round\":3", "\"round\":4294967296")]
    [InlineData("\"round\":3", "\"round\":3,\"round\":3")]
    [InlineData("\"round\":3", "\"round\": 3")]
    [InlineData("\"round\":3", "\"round\":3,\"more\":1")]
    [InlineData("\"client\":\"seoul-general\"", "\"client\":\"Seoul\"")]
    [InlineData("\"client\":\"seoul-general\"", "\"client\":\"\\ud800\"")]
    [InlineData("\"at\":1893553445678", "\"at\":9999999999999999")]
    [InlineData("\"honest_minimum\":3", "\"honest_minimum\":0")]
    public void Other_texts_are_refused(string old, string wrong)
    {
        var text = Encoding.ASCII.GetString(Sample.ToCanonicalJson());
        Assert.Contains(old, text, StringComparison.Ordinal);
        Assert.False(
            SpendStatement.TryRead(Encoding.ASCII.GetBytes(text.Replace(old, wrong, StringComparison.Ordinal)), out _));
    }

    [Fact]
    public void Hostile_bytes_are_refused()
    {
        Properties.Holds(Properties.Bytes(300), bytes => !SpendStatement.TryRead(bytes, out _));
        Assert.False(SpendStatement.TryRead(new byte[SpendStatement.MaxLength + 1], out _));
        Assert.False(SpendStatement.TryRead("null"u8, out _));
    }

    [Fact]
    public void A_statement_out_of_its_bounds_is_misuse()
    {
        Assert.Throws<ArgumentException>(() => (Sample with { Cumulative = 0 }).Sign(Hospital));
        Assert.Throws<ArgumentException>(
            () => (Sample with { LocalVariance = BigInteger.Pow(10, 200) }).ToCanonicalJson());
        var largest = Sample with { LocalVariance = BigInteger.Pow(10, 100) - 1 };
        Assert.True(largest.ToCanonicalJson().Length < SpendStatement.MaxLength);
    }

    private static Gen<SpendStatement> Statements =>
        from bytes in Properties.Bytes(40)
        from more in Properties.Bytes(40)
        from round in Gen.Choose(1, int.MaxValue)
        from attempt in Gen.Choose(1, 99)
        from honest in Gen.Choose(1, 1000)
        from at in Gen.Choose(0, int.MaxValue)
        let rho = new BigInteger(bytes, isUnsigned: true)
        let extra = new BigInteger(more, isUnsigned: true)
        select new SpendStatement(
            Sha256Digest.Of(bytes),
            round,
            attempt,
            "a",
            Sha256Digest.Of(more),
            rho,
            rho + extra,
            extra,
            rho,
            honest,
            DateTimeOffset.FromUnixTimeMilliseconds((long)at * 100));
}

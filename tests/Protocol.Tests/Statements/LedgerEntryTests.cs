using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Protocol.Tests;

public class LedgerEntryTests
{
    private static readonly Identity Hospital = Identity.Create();

    private static readonly LedgerTerms Terms = new("patient", "patient-gradient", "zero-out", new ExactFraction(1, 2),
        new ExactFraction(65536, 1), BigInteger.Pow(2, 70), 40, BigInteger.Pow(10, 30), 8, 5, 1, "none",
        ExactFraction.One, 0, BigInteger.Pow(2, 60), BigInteger.Pow(2, 66));

    private static readonly LedgerEntry Sample = new("seoul-general", 3, Sha256Digest.Of("before"u8), 17,
        Sha256Digest.Of("root"u8), LedgerEntryType.Spend, Sha256Digest.Of("study"u8), 3, 1, Terms, 0,
        BigInteger.Pow(2, 62), Sha256Digest.Of("model"u8), Sha256Digest.Of("message"u8), "discrete-gaussian-exact",
        "system-csprng", Sha256Digest.Of("code"u8), FixedTime.Start);

    [Fact]
    public void The_text_is_the_documented_one() => Assert.Equal(
        $$"""
        {"schema":"fedmeta-ledger-entry-1","ledger":"fedmeta/seoul-general/journal","seq":3,
        "previous":"{{Sample.Previous}}","checkpoint_size":17,"checkpoint_root":"{{Sample.CheckpointRoot}}",
        "type":"spend","study":"{{Sample.Study}}","round":3,"attempt":1,"unit":"patient",
        "contribution":"patient-gradient","adjacency":"zero-out","mechanism":"distributed-discrete-gaussian",
        "clip":"1/2","scale":"65536/1","norm_bound_squared":"1180591620717411303424","ring_bits":40,
        "local_variance":"1000000000000000000000000000000","enrolled":8,"min_survivors":5,"colluders":1,
        "survivors":0,"sampling":"none","sampling_rate":"1/1","order":0,"rho":"1152921504606846976",
        "rho_attempt":"1152921504606846976","delta":"0/1","cumulative":"4611686018427387904",
        "budget":"73786976294838206464","model":"{{Sample.Model}}","message":"{{Sample.Message}}",
        "sampler":"discrete-gaussian-exact","random":"system-csprng","code":"{{Sample.Code}}","at":1893553445678}
        """.Replace("\n", "", StringComparison.Ordinal),
        Encoding.ASCII.GetString(Sample.ToCanonicalJson()));

    [Fact]
    public void Decoding_what_was_encoded_gives_the_same_entry() => Properties.Holds(Entries, entry =>
        LedgerEntry.TryRead(entry.ToCanonicalJson(), out var again) && again == entry);

    [Fact]
    public void A_signature_holds_for_one_entry_and_one_key()
    {
        using var other = Identity.Create();
        var signature = Sample.Sign(Hospital);
        Assert.True(Sample.Verify(Hospital.PublicKey, signature));
        Assert.False(Sample.Verify(other.PublicKey, signature));
        foreach (var changed in Others())
            Assert.False(changed.Verify(Hospital.PublicKey, signature), changed.ToString());
        Assert.False((Sample with { Round = 0 }).Verify(Hospital.PublicKey, signature));
    }

    [Fact]
    public void Every_member_is_in_the_text()
    {
        var texts = Others().Append(Sample).Select(entry => Encoding.ASCII.GetString(entry.ToCanonicalJson())).ToList();
        Assert.Equal(texts.Count, texts.Distinct().Count());
    }

    [Fact]
    public void A_changed_byte_is_refused_or_is_another_entry()
    {
        var bytes = Sample.ToCanonicalJson();
        var signature = Sample.Sign(Hospital);
        Properties.Holds(Properties.Mutation(bytes), changed =>
            changed.SequenceEqual(bytes)
            || !LedgerEntry.TryRead(changed, out var other)
            || !other.Verify(Hospital.PublicKey, signature), 1000);
    }

    [Theory]
    [InlineData("entry-1\"", "entry-2\"")]
    [InlineData("fedmeta/seoul-general/journal", "fedmeta/Seoul/journal")]
    [InlineData("fedmeta/seoul-general/journal", "fedmeta/journal")]
    [InlineData("fedmeta/seoul-general/journal", "fedmeta/\\ud800/journal")]
    [InlineData("\"seq\":3", "\"seq\":0")]
    [InlineData("\"seq\":3", "\"seq\":1")]
    [InlineData("\"type\":\"spend\"", "\"type\":\"Spend\"")]
    [InlineData("\"type\":\"spend\"", "\"type\":\"reserve\"")]
    [InlineData("\"type\":\"spend\"", "\"type\":\"grant\"")]
    [InlineData("\"round\":3", "\"round\":0")]
    [InlineData("\"round\":3", "\"round\":3.0")]
    [InlineData("\"round\":3", "\"round\":4294967296")]
    [InlineData("\"round\":3", "\"round\":3,\"round\":3")]
    [InlineData("\"round\":3", "\"round\": 3")]
    [InlineData("\"round\":3", "\"round\":3,\"more\":1")]
    [InlineData("\"mechanism\":\"distributed-discrete-gaussian\"", "\"mechanism\":\"laplace\"")]
    [InlineData("\"clip\":\"1/2\"", "\"clip\":\"2/4\"")]
    [InlineData("\"clip\":\"1/2\"", "\"clip\":\"1/0\"")]
    [InlineData("\"clip\":\"1/2\"", "\"clip\":\"0.5\"")]
    [InlineData("\"survivors\":0", "\"survivors\":5")]
    [InlineData("\"delta\":\"0/1\"", "\"delta\":\"1/2\"")]
    [InlineData("\"rho\":\"1152921504606846976\"", "\"rho\":\"1\"")]
    [InlineData("\"rho_attempt\":\"1152921504606846976\"", "\"rho_attempt\":\"01152921504606846976\"")]
    [InlineData("\"cumulative\":\"4611686018427387904\"", "\"cumulative\":\"1\"")]
    [InlineData("\"cumulative\":\"4611686018427387904\"", "\"cumulative\":\"-1\"")]
    [InlineData("\"cumulative\":\"4611686018427387904\"", "\"cumulative\":1")]
    [InlineData("\"at\":1893553445678", "\"at\":9999999999999999")]
    public void Other_texts_are_refused(string old, string wrong)
    {
        var text = Encoding.ASCII.GetString(Sample.ToCanonicalJson());
        Assert.Contains(old, text, StringComparison.Ordinal);
        Assert.False(
            LedgerEntry.TryRead(Encoding.ASCII.GetBytes(text.Replace(old, wrong, StringComparison.Ordinal)), out _));
    }

    [Fact]
    public void Hostile_bytes_are_refused()
    {
        Properties.Holds(Properties.Bytes(300), bytes => !LedgerEntry.TryRead(bytes, out _));
        Assert.False(LedgerEntry.TryRead(new byte[LedgerEntry.MaxLength + 1], out _));
        Assert.False(LedgerEntry.TryRead("null"u8, out _));
        Assert.False(LedgerEntry.TryRead("{}"u8, out _));
    }

    [Fact]
    public void An_entry_out_of_its_bounds_is_misuse_and_the_longest_one_fits()
    {
        Assert.Throws<ArgumentException>(() => (Sample with { Cumulative = 0 }).Sign(Hospital));
        Assert.Throws<ArgumentException>(
            () => (Sample with { Cumulative = BigInteger.Pow(10, 200) }).ToCanonicalJson());
        Assert.Throws<ArgumentException>(() => (Sample with { Message = default }).ToCanonicalJson());
        Assert.Throws<ArgumentException>(() => (Sample with { CheckpointSize = 0 }).ToCanonicalJson());
        var unclipped = Sample with { Terms = Terms with { Clip = default } };
        Assert.Throws<ArgumentException>(() => unclipped.ToCanonicalJson());
        var most = BigInteger.Pow(10, 100) - 1;
        var ratio = new ExactFraction(most, most - 1);
        var word = new string('a', 64);
        var longest = Sample with
        {
            ClientId = new string('b', ClientId.MaxLength),
            Sequence = long.MaxValue,
            CheckpointSize = long.MaxValue,
            Round = int.MaxValue,
            Attempt = int.MaxValue,
            Cumulative = most,
            Sampler = word,
            Random = word,
            Terms = new LedgerTerms(word, word, word, ratio, ratio, most, 64, most, int.MaxValue, int.MaxValue,
                int.MaxValue, word, ratio, int.MaxValue, most, most),
        };
        Assert.True(LedgerEntry.TryRead(longest.ToCanonicalJson(), out _));
    }

    [Fact]
    public void The_first_figure_that_is_not_the_studys_is_named()
    {
        string[] names =
        [
            "unit", "contribution", "adjacency", "clip", "scale", "norm_bound_squared", "ring_bits", "local_variance",
            "enrolled", "min_survivors", "colluders", "sampling", "sampling_rate", "order", "rho", "budget",
        ];
        Assert.Equal(names.Length, OtherTerms().Count());
        foreach (var (terms, name) in OtherTerms().Zip(names))
            Assert.StartsWith($"the entry says {name} = ", terms.DifferenceFrom(Terms), StringComparison.Ordinal);
        Assert.Null((Terms with { }).DifferenceFrom(Terms));
    }

    [Fact]
    public void A_number_is_written_as_the_fraction_that_it_is()
    {
        Assert.Equal("1/2", $"{ExactFraction.Of(0.5)}");
        Assert.Equal("3602879701896397/36028797018963968", $"{ExactFraction.Of(0.1)}");
        Assert.Equal("65536/1", $"{ExactFraction.Of(65536)}");
        Assert.Equal("0/1", $"{ExactFraction.Of(0)}");
        Assert.Equal(BigInteger.One << 1074, ExactFraction.Of(double.Epsilon).Denominator);
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactFraction.Of(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactFraction.Of(-1));
        Properties.Holds(Gen.Choose(0, int.MaxValue).Two(), pair =>
        {
            var value = pair.Item1 / (1.0 + pair.Item2);
            var fraction = ExactFraction.Of(value);
            return (double)fraction.Numerator / (double)fraction.Denominator == value;
        });
    }

    // Each with one member changed.
    private static IEnumerable<LedgerEntry> Others()
    {
        var other = Sha256Digest.Of("other"u8);
        var silent = Sample with { Message = default };
        yield return Sample with { ClientId = "busan" };
        yield return Sample with { Sequence = 4 };
        yield return Sample with { Previous = other };
        yield return Sample with { CheckpointSize = 18 };
        yield return Sample with { CheckpointRoot = other };
        yield return silent with { Type = LedgerEntryType.Reserve };
        yield return silent with { Type = LedgerEntryType.Abort };
        yield return silent with { Type = LedgerEntryType.Release, Survivors = 5 };
        yield return silent with { Type = LedgerEntryType.Release, Survivors = 6 };
        yield return silent with { Type = LedgerEntryType.Close, Round = 0, Attempt = 0 };
        yield return silent with { Type = LedgerEntryType.Grant, Round = 0, Attempt = 0 };
        yield return Sample with { Study = other };
        yield return Sample with { Round = 4 };
        yield return Sample with { Attempt = 2 };
        yield return Sample with { Cumulative = Sample.Cumulative + 1 };
        yield return Sample with { Model = other };
        yield return Sample with { Message = other };
        yield return Sample with { Sampler = "other" };
        yield return Sample with { Random = "other" };
        yield return Sample with { Code = other };
        yield return Sample with { At = Sample.At.AddMilliseconds(1) };
        foreach (var terms in OtherTerms()) yield return Sample with { Terms = terms };
    }

    private static IEnumerable<LedgerTerms> OtherTerms() =>
    [
        Terms with { Unit = "site" },
        Terms with { Contribution = "site-update" },
        Terms with { Adjacency = "replace-one" },
        Terms with { Clip = ExactFraction.One },
        Terms with { Scale = ExactFraction.One },
        Terms with { NormBoundSquared = 1 },
        Terms with { RingBits = 32 },
        Terms with { LocalVariance = 1 },
        Terms with { Enrolled = 9 },
        Terms with { MinSurvivors = 4 },
        Terms with { Colluders = 0 },
        Terms with { Sampling = "poisson" },
        Terms with { SamplingRate = new ExactFraction(1, 20) },
        Terms with { Order = 8 },
        Terms with { Rho = 1 },
        Terms with { Budget = 1 },
    ];

    private static Gen<LedgerEntry> Entries =>
        from bytes in Properties.Bytes(40)
        from more in Properties.Bytes(40)
        from round in Gen.Choose(1, int.MaxValue)
        from attempt in Gen.Choose(1, 99)
        from type in Gen.Elements(Enum.GetValues<LedgerEntryType>())
        from at in Gen.Choose(0, int.MaxValue)
        let rho = new BigInteger(bytes, isUnsigned: true)
        let extra = new BigInteger(more, isUnsigned: true)
        let isOfAttempt = type is not (LedgerEntryType.Grant or LedgerEntryType.Close)
        select Sample with
        {
            Sequence = round,
            Previous = round == 1 ? default : Sha256Digest.Of(bytes),
            CheckpointSize = round,
            Type = type,
            Round = isOfAttempt ? round : 0,
            Attempt = isOfAttempt ? attempt : 0,
            Survivors = type == LedgerEntryType.Release ? attempt : 0,
            Message = type == LedgerEntryType.Spend ? Sha256Digest.Of(more) : default,
            Cumulative = rho + extra,
            Terms = Terms with { Rho = rho, Budget = extra, LocalVariance = extra },
            At = DateTimeOffset.FromUnixTimeMilliseconds((long)at * 100),
        };
}

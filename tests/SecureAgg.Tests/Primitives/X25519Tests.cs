using System.Numerics;
using FedMeta.Tests.Support;

namespace FedMeta.SecureAgg.Tests;

public class X25519Tests
{
    private static readonly BigInteger Prime = (BigInteger.One << 255) - 19;

    [Theory]
    [InlineData(
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")]
    [InlineData(
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")]
    public void The_vectors_of_RFC_7748_section_5_2_hold(string scalar, string u, string expected)
    {
        var shared = new byte[32];

        Assert.True(X25519.TryAgree(Convert.FromHexString(scalar), Convert.FromHexString(u), shared));
        Assert.Equal(expected, Convert.ToHexStringLower(shared));
    }

    [Fact]
    public void The_iterated_vector_of_RFC_7748_section_5_2_holds()
    {
        var k = new byte[32];
        k[0] = 9;
        var u = k.ToArray();
        for (var i = 0; i < 1000; i++)
        {
            var result = new byte[32];
            Assert.True(X25519.TryAgree(k, u, result));
            (u, k) = (k, result);
        }

        Assert.Equal("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51", Convert.ToHexStringLower(k));
    }

    [Fact]
    public void The_exchange_of_RFC_7748_section_6_1_holds()
    {
        var alice = Convert.FromHexString("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        var bob = Convert.FromHexString("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        var shared = new byte[32];

        Assert.Equal(
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
            Convert.ToHexStringLower(X25519.PublicKey(alice)));
        Assert.Equal(
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
            Convert.ToHexStringLower(X25519.PublicKey(bob)));
        Assert.True(X25519.TryAgree(alice, X25519.PublicKey(bob), shared));
        Assert.Equal(
            "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", Convert.ToHexStringLower(shared));
    }

    [SharedFact("oracles/secagg")]
    public void Every_Wycheproof_case_holds_and_zero_secrets_are_refused()
    {
        var cases = 0;
        foreach (var (_, test) in Wycheproof.Cases("wycheproof_x25519_test.json"))
        {
            cases++;
            var shared = new byte[32];
            var agreed = X25519.TryAgree(test.Hex("private"), test.Hex("public"), shared);
            Assert.True(test.HasFlag("ZeroSharedSecret") != agreed, test.Name());
            Assert.True(test.Hex("shared").AsSpan().SequenceEqual(shared), test.Name());
            if (test.HasFlag("NonCanonicalPublic"))
            {
                Assert.False(X25519.IsCanonicalPublicKey(test.Hex("public")), test.Name());
            }

            Assert.Equal(test.HasFlag("ZeroSharedSecret"), X25519.IsLowOrder(test.Hex("public")));
        }

        Assert.Equal(518, cases);
    }

    [Fact]
    public void Only_the_least_encoding_of_a_coordinate_is_canonical()
    {
        Assert.True(X25519.IsCanonicalPublicKey(Encode(0)));
        Assert.True(X25519.IsCanonicalPublicKey(Encode(Prime - 1)));
        Assert.False(X25519.IsCanonicalPublicKey(Encode(Prime)));
        Assert.False(X25519.IsCanonicalPublicKey(Encode(Prime + 9)));
        Assert.False(X25519.IsCanonicalPublicKey(Encode((BigInteger.One << 255) + 9)));
        Assert.False(X25519.IsCanonicalPublicKey(new byte[31]));
        Assert.False(X25519.IsCanonicalPublicKey(new byte[33]));
    }

    [Fact]
    public void Low_order_points_are_exactly_those_that_agree_on_zero()
    {
        BigInteger[] points =
        [
            0, 1, 2, 4, 8, 9, Prime - 2, Prime - 1,
            BigInteger.Parse("325606250916557431795983626356110631294008115727848805560023387167927233504"),
            BigInteger.Parse("39382357235489614581723060781553021112529911719440698176882885853963445705823"),
        ];
        var (scalar, shared) = (new byte[32], new byte[32]);
        scalar.AsSpan().Fill(77);
        foreach (var point in points)
        {
            Assert.Equal(!X25519.TryAgree(scalar, Encode(point), shared), X25519.IsLowOrder(Encode(point)));
        }

        Assert.Equal(5, points.Count(point => X25519.IsLowOrder(Encode(point))));
    }

    [Fact]
    public void A_key_of_another_length_is_misuse()
    {
        Assert.Throws<ArgumentException>(() => X25519.PublicKey(new byte[31]));
        Assert.Throws<ArgumentException>(() => X25519.TryAgree(new byte[32], new byte[33], new byte[32]));
    }

    private static byte[] Encode(BigInteger u)
    {
        var bytes = new byte[32];
        Assert.True(u.TryWriteBytes(bytes, out _, isUnsigned: true));
        return bytes;
    }
}

using System.Security.Cryptography;
using FedMeta.Tests.Support;

namespace FedMeta.SecureAgg.Tests;

public class IdentitySignatureTests
{
    [SharedFact("oracles/secagg")]
    public void Every_Wycheproof_case_holds()
    {
        var cases = 0;
        foreach (var (group, test) in Wycheproof.Cases("wycheproof_ecdsa_secp256r1_sha256_p1363_test.json"))
        {
            cases++;
            var holds = IdentitySignature.Verify(group.Hex("publicKeyDer"), test.Hex("msg"), test.Hex("sig"));
            Assert.True((test.Result() == "valid") == holds, test.Name());
        }

        Assert.Equal(262, cases);
    }

    [Fact]
    public void A_signature_holds_for_its_message_and_key_alone()
    {
        var key = Consortium.Identity(0);
        var publicKey = key.ExportSubjectPublicKeyInfo();
        var signature = IdentitySignature.Sign(key, "message"u8);

        Assert.Equal(IdentitySignature.Length, signature.Length);
        Assert.Equal(IdentitySignature.PublicKeyLength, publicKey.Length);
        Assert.True(IdentitySignature.Verify(publicKey, "message"u8, signature));
        Assert.False(IdentitySignature.Verify(publicKey, "massage"u8, signature));
        Assert.False(IdentitySignature.Verify(
            Consortium.Identity(1).ExportSubjectPublicKeyInfo(), "message"u8, signature));
    }

    [Fact]
    public void Only_one_form_of_a_public_key_is_accepted()
    {
        var publicKey = Consortium.Identity(0).ExportSubjectPublicKeyInfo();
        Assert.True(IdentitySignature.IsValidPublicKey(publicKey));

        var compressed = publicKey.ToArray();
        compressed[26] = 0x02;
        var offCurve = publicKey.ToArray();
        offCurve[^1] ^= 1;
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.False(IdentitySignature.IsValidPublicKey(compressed));
        Assert.False(IdentitySignature.IsValidPublicKey(offCurve));
        Assert.False(IdentitySignature.IsValidPublicKey([.. publicKey, 0]));
        Assert.False(IdentitySignature.IsValidPublicKey([]));
        Assert.False(IdentitySignature.IsValidPublicKey(other.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void A_point_is_accepted_exactly_where_it_lies_on_the_curve_in_reduced_coordinates()
    {
        var publicKey = Consortium.Identity(0).ExportSubjectPublicKeyInfo();
        for (var i = 0; i < 20; i++)
        {
            Assert.True(IdentitySignature.IsValidPublicKey(Consortium.Identity(i).ExportSubjectPublicKeyInfo()));
        }

        // A point with x = 5, its y a root of x^3 - 3x + b. With x written as 5 + p it is the same point in a second
        // form.
        const string Five = "0000000000000000000000000000000000000000000000000000000000000005";
        const string FiveAndPrime = "ffffffff00000001000000000000000000000001000000000000000000000004";
        const string Y = "459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc";
        Assert.True(IdentitySignature.IsValidPublicKey(WithPoint(Five + Y)));
        Assert.False(IdentitySignature.IsValidPublicKey(WithPoint(FiveAndPrime + Y)));
        Assert.False(IdentitySignature.IsValidPublicKey(WithPoint(new string('0', 128))));
        Assert.False(IdentitySignature.IsValidPublicKey(WithPoint(new string('f', 128))));

        byte[] WithPoint(string hex) => [.. publicKey[..27], .. Convert.FromHexString(hex)];
    }

    [Fact]
    public void A_key_of_another_curve_does_not_sign()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Throws<ArgumentException>(() => IdentitySignature.Sign(other, "message"u8));
    }
}

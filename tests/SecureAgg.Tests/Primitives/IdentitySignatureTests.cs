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
    public void A_key_of_another_curve_does_not_sign()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Throws<ArgumentException>(() => IdentitySignature.Sign(other, "message"u8));
    }
}

using FedMeta.Tests.Support;

namespace FedMeta.SecureAgg.Tests;

public class AesGcmBoxTests
{
    [SharedFact("oracles/secagg")]
    public void Every_Wycheproof_case_with_our_key_and_nonce_lengths_holds()
    {
        var cases = 0;
        foreach (var (group, test) in Wycheproof.Cases("wycheproof_aes_gcm_test.json"))
        {
            if (group.GetProperty("keySize").GetInt32() != 8 * AesGcmBox.KeyLength) continue;
            if (group.GetProperty("ivSize").GetInt32() != 8 * AesGcmBox.NonceLength) continue;
            cases++;
            var (key, nonce, associated) = (test.Hex("key"), test.Hex("iv"), test.Hex("aad"));
            byte[] sealedBytes = [.. test.Hex("ct"), .. test.Hex("tag")];
            var plaintext = new byte[test.Hex("msg").Length];

            var opened = AesGcmBox.TryOpen(key, nonce, sealedBytes, associated, plaintext);

            Assert.True((test.Result() == "valid") == opened, test.Name());
            Assert.True((opened ? test.Hex("msg") : new byte[plaintext.Length]).AsSpan().SequenceEqual(plaintext));
            if (!opened) continue;
            Assert.True(sealedBytes.AsSpan().SequenceEqual(AesGcmBox.Seal(key, nonce, plaintext, associated)));
        }

        Assert.Equal(66, cases);
    }

    [SharedFact("oracles/secagg")]
    public void Every_Wycheproof_case_with_another_key_or_nonce_length_is_misuse()
    {
        foreach (var (group, test) in Wycheproof.Cases("wycheproof_aes_gcm_test.json"))
        {
            var fits = group.GetProperty("keySize").GetInt32() == 8 * AesGcmBox.KeyLength
                && group.GetProperty("ivSize").GetInt32() == 8 * AesGcmBox.NonceLength;
            if (fits) continue;
            Assert.Throws<ArgumentException>(() =>
                AesGcmBox.TryOpen(test.Hex("key"), test.Hex("iv"), test.Hex("ct"), test.Hex("aad"), new byte[1]));
        }
    }

    [Fact]
    public void A_ciphertext_of_another_length_does_not_open()
    {
        var (key, nonce) = (new byte[32], new byte[12]);
        var sealedBytes = AesGcmBox.Seal(key, nonce, new byte[80], []);

        Assert.Equal(96, sealedBytes.Length);
        Assert.False(AesGcmBox.TryOpen(key, nonce, sealedBytes.AsSpan(1), [], new byte[80]));
        Assert.False(AesGcmBox.TryOpen(key, nonce, [], [], new byte[80]));
    }
}

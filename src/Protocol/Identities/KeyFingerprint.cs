using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>
/// Six words that two people compare over the telephone to know that they see the same key.
/// </summary>
/// <remarks>
/// Each word has three syllables of one of 12 consonants and one of 5 vowels: 60^18 texts, 106 bits of SHA-256 over a
/// domain and the SubjectPublicKeyInfo. The consonants are those that neither English nor Korean ears take for one
/// another: no l beside r, no p beside f, no b beside v, no j beside z. There is no word list to ship or translate.
/// </remarks>
public static class KeyFingerprint
{
    private const string Consonants = "bdghjklmnpst";
    private const string Vowels = "aeiou";
    private const int Words = 6, Syllables = 3;

    /// <summary>The six words of a key, separated by spaces: <c>bakeno dimuta ...</c>.</summary>
    /// <param name="publicKey">SubjectPublicKeyInfo, DER.</param>
    public static string Of(ReadOnlySpan<byte> publicKey)
    {
        var hash = SHA256.HashData([.. "fedmeta-fingerprint-v1\n"u8, .. publicKey]);
        var number = new BigInteger(hash, isUnsigned: true, isBigEndian: true);
        var words = new string[Words];
        for (var word = 0; word < Words; word++)
        {
            var text = new StringBuilder(2 * Syllables);
            for (var i = 0; i < Syllables; i++)
            {
                number = BigInteger.DivRem(number, Consonants.Length * Vowels.Length, out var syllable);
                text.Append(Consonants[(int)syllable / Vowels.Length]).Append(Vowels[(int)syllable % Vowels.Length]);
            }

            words[word] = text.ToString();
        }

        return string.Join(' ', words);
    }
}

using System.Buffers.Binary;
using System.Numerics;

namespace FedMeta.SecureAgg.Tests;

public class ShamirSharingTests
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 61) - 1;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(5, 9)]
    [InlineData(11, 16)]
    [InlineData(67, 100)]
    [InlineData(171, 256)]
    public void Any_threshold_of_shares_gives_the_secret_by_a_reference_in_big_integers(int threshold, int count)
    {
        var random = new SeededRandom((threshold * 1000) + count);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var secret = random.Bytes(32);
            var shares = Split(secret, threshold, count, random);
            var places = Enumerable.Range(1, count).OrderBy(_ => random.NextUInt32()).Take(threshold).ToArray();

            Assert.Equal(secret, Reference(shares, places));
            var found = SecretRecovery.Run([.. places.Select(Placed)], threshold, s => s.SequenceEqual(secret));
            Assert.Equal(secret, found?.Secret);
            Assert.Empty(found!.WrongPlaces);

            PlacedShare Placed(int place) =>
                new(place, shares.AsMemory((place - 1) * ShamirSharing.ShareLength, ShamirSharing.ShareLength));
        }
    }

    [Fact]
    public void One_share_too_few_gives_something_else()
    {
        var random = new SeededRandom(5);
        var secret = random.Bytes(32);
        var shares = Split(secret, 5, 9, random);

        Assert.NotEqual(secret, Reference(shares, [1, 3, 5, 9]));
    }

    [Fact]
    public void The_extreme_secrets_come_back()
    {
        var random = new SeededRandom(6);
        foreach (var fill in new byte[] { 0, 255 })
        {
            var secret = new byte[32];
            secret.AsSpan().Fill(fill);
            Assert.Equal(secret, Reference(Split(secret, 3, 4, random), [4, 2, 1]));
        }
    }

    [Fact]
    public void A_share_is_uniform_whatever_the_secret()
    {
        // The share at 1 of a zero secret: its mean over many sharings is (p - 1)/2 within five deviations.
        var random = new SeededRandom(7);
        const int sharings = 4000;
        var total = 0.0;
        for (var i = 0; i < sharings; i++)
        {
            total += BinaryPrimitives.ReadUInt64LittleEndian(Split(new byte[32], 2, 3, random)) / (double)Prime;
        }

        var tolerance = 5 * 0.2887 / Math.Sqrt(sharings);
        Assert.InRange(total / sharings, 0.5 - tolerance, 0.5 + tolerance);
    }

    [Fact]
    public void A_coefficient_that_is_the_prime_itself_is_drawn_again()
    {
        var shares = new byte[2 * ShamirSharing.ShareLength];

        ShamirSharing.Split(new byte[32], 2, 2, shares, new OnesThenCounting());

        // The polynomial is 0 + a x with a = 7 (the drawn value), not a = p = 0.
        Assert.Equal(7UL, BinaryPrimitives.ReadUInt64LittleEndian(shares));
        Assert.Equal(14UL, BinaryPrimitives.ReadUInt64LittleEndian(shares.AsSpan(ShamirSharing.ShareLength)));
    }

    [Fact]
    public void A_share_with_an_element_that_is_not_below_the_prime_is_malformed()
    {
        var share = new byte[ShamirSharing.ShareLength];
        Assert.True(ShamirSharing.IsWellFormed(share));
        BinaryPrimitives.WriteUInt64LittleEndian(share.AsSpan(32), MersenneField.Prime - 1);
        Assert.True(ShamirSharing.IsWellFormed(share));
        BinaryPrimitives.WriteUInt64LittleEndian(share.AsSpan(32), MersenneField.Prime);
        Assert.False(ShamirSharing.IsWellFormed(share));
        Assert.False(ShamirSharing.IsWellFormed(new byte[39]));
    }

    internal static byte[] Split(byte[] secret, int threshold, int count, SeededRandom random)
    {
        var shares = new byte[count * ShamirSharing.ShareLength];
        ShamirSharing.Split(secret, threshold, count, shares, random);
        return shares;
    }

    // Lagrange at zero, limb by limb.
    private static byte[] Reference(byte[] shares, int[] places)
    {
        var secret = new byte[35];
        for (var limb = 0; limb < 5; limb++)
        {
            BigInteger sum = 0;
            foreach (var x in places)
            {
                BigInteger numerator = 1, denominator = 1;
                foreach (var other in places.Where(other => other != x))
                {
                    numerator = numerator * other % Prime;
                    denominator = denominator * (other - x + Prime) % Prime;
                }

                var value = BinaryPrimitives.ReadUInt64LittleEndian(shares.AsSpan(((x - 1) * 40) + (limb * 8)));
                sum += value * numerator * BigInteger.ModPow(denominator, Prime - 2, Prime);
            }

            var bytes = (sum % Prime).ToByteArray(isUnsigned: true);
            bytes.AsSpan(0, Math.Min(bytes.Length, 7)).CopyTo(secret.AsSpan(limb * 7));
        }

        return secret[..32];
    }

    private sealed class OnesThenCounting : System.Security.Cryptography.RandomNumberGenerator
    {
        private int _draws;

        public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

        public override void GetBytes(Span<byte> data)
        {
            data.Fill(_draws % 2 == 0 ? (byte)0xff : (byte)0);
            if (_draws++ % 2 == 1) data[0] = 7;
        }
    }
}

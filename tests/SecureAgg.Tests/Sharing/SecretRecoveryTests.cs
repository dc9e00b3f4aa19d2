namespace FedMeta.SecureAgg.Tests;

public class SecretRecoveryTests
{
    [Theory]
    [InlineData(9, 5, 2)]
    [InlineData(16, 11, 2)]
    [InlineData(30, 21, 4)]
    [InlineData(100, 67, 16)]
    [InlineData(256, 171, 42)]
    public void Wrong_shares_up_to_half_the_surplus_are_corrected_and_named(int count, int threshold, int wrong)
    {
        var (secret, shares, random) = Shares(count, threshold);
        var bad = Spoil(shares, Enumerable.Range(0, count).OrderBy(_ => random.NextUInt32()).Take(wrong), random);

        var found = SecretRecovery.Run(shares, threshold, s => s.SequenceEqual(secret));

        Assert.Equal(secret, found?.Secret);
        Assert.Equal(bad.Order(), found!.WrongPlaces.Order());
    }

    [Theory]
    [InlineData(4, 3, 1)]
    [InlineData(5, 4, 1)]
    [InlineData(9, 5, 4)]
    [InlineData(16, 11, 5)]
    public void In_a_small_roster_every_surplus_share_may_be_wrong(int count, int threshold, int wrong)
    {
        var (secret, shares, random) = Shares(count, threshold);
        var bad = Spoil(shares, Enumerable.Range(0, wrong), random);

        var found = SecretRecovery.Run(shares, threshold, s => s.SequenceEqual(secret));

        Assert.Equal(secret, found?.Secret);
        Assert.Equal(bad.Order(), found!.WrongPlaces.Order());
    }

    [Fact]
    public void One_wrong_share_too_many_gives_nothing()
    {
        var (secret, shares, random) = Shares(9, 5);
        Spoil(shares, Enumerable.Range(0, 5), random);

        Assert.Null(SecretRecovery.Run(shares, 5, s => s.SequenceEqual(secret)));
        Assert.Null(SecretRecovery.Run([.. shares.Take(4)], 5, s => s.SequenceEqual(secret)));
    }

    [Fact]
    public void A_share_that_is_wrong_in_its_last_limb_alone_is_found()
    {
        var (secret, shares, _) = Shares(9, 5);
        var value = shares[6].Value.ToArray();
        value[32] ^= 1;
        shares[6] = shares[6] with { Value = value };

        var found = SecretRecovery.Run(shares, 5, s => s.SequenceEqual(secret));

        Assert.Equal([7], found!.WrongPlaces);
    }

    [Fact]
    public void Error_correction_finds_nothing_among_random_points()
    {
        var random = new SeededRandom(3);
        var values = Enumerable.Range(0, 20).Select(_ => BitConverter.ToUInt64(random.Bytes(8)) >> 4).ToArray();

        Assert.Null(ReedSolomonDecoder.Decode([.. Enumerable.Range(1, 20)], values, 11));
    }

    private static (byte[] Secret, PlacedShare[] Shares, SeededRandom Random) Shares(int count, int threshold)
    {
        var random = new SeededRandom((count * 1000) + threshold);
        var secret = random.Bytes(32);
        var bytes = ShamirSharingTests.Split(secret, threshold, count, random);
        var shares = Enumerable.Range(0, count)
            .Select(i => new PlacedShare(i + 1, bytes.AsMemory(i * 40, 40)))
            .ToArray();
        return (secret, shares, random);
    }

    private static List<int> Spoil(PlacedShare[] shares, IEnumerable<int> which, SeededRandom random)
    {
        var bad = new List<int>();
        foreach (var i in which)
        {
            var value = random.Bytes(40);
            for (var limb = 0; limb < 5; limb++) value[(limb * 8) + 7] &= 0x0f;
            shares[i] = shares[i] with { Value = value };
            bad.Add(shares[i].Place);
        }

        return bad;
    }
}

namespace FedMeta.SecureAgg.Tests;

/// <summary>The bytes that every party must derive alike, computed once by another implementation (Python's hashlib and
/// hmac): a change here is a change of the protocol.</summary>
public class TranscriptTests
{
    private static readonly byte[] Agreed = Filled(1, 32);
    private static readonly byte[] KeyContext = Filled(2, 32);
    private static readonly byte[] ContextHash = Filled(3, 32);

    private static readonly AdvertiseKeysMessage Keys =
        new(Filled(6, 32), Filled(7, 32), Filled(8, 32), Filled(9, 32), Filled(10, 64));

    [Fact]
    public void The_hash_of_a_round_has_the_known_bytes()
    {
        var context = new RoundContext
        {
            Study = "heart",
            Id = new RoundId(7, 0),
            PlanHash = Filled(11, 32),
            ModelHash = Filled(12, 32),
            Parameters = Consortium.Parameters(37, 20, 6, 4, 0, 2),
            NoiseTerms = "clip=1",
            Expiry = Consortium.Now,
            Members = new Dictionary<string, byte[]> { ["b"] = [3], ["a"] = [1, 2] },
        };

        Known("dc6e69eb4738c2bf1071a586848b421a041cf1624b7edea7c91bdf48bd0f38ab", context.ComputeHash());
        var sparse = context with
        {
            Parameters = new AggregationParameters(
                [new("update", 37, 20), new("metrics", 5, 40)], 300, 250, 5, 3, new SparseGraph(64, 41)),
        };
        Known("98d744f91263df2ccaa1046e1b3a65fc458fdd9b1f2eb6b0514d8a04b4466125", sparse.ComputeHash());
    }

    [Fact]
    public void The_statements_have_the_known_bytes()
    {
        Known(
            "b0f7314ddfb893842e7ec50c21059faf66d61b1f3ee9eacc17dd071ab1407d27",
            Statements.Advertisement(ContextHash, "site-a", Keys));
        Known(
            "be559f6db2d4285d6881254c0a74b886c19b8901a3a897dfa913d6c3ee3fe1fc",
            Statements.Entry(new RosterEntry("site-a", Keys)));
        Known(
            "2345cfdf26ba8f0025d046672e326f9f09ff1c12d92339fbb7d8ea3e0aad6076",
            Statements.RosterHash(3, Filled(5, 32)));
        Known(
            "34d6cdc137e9afd072f1fb92d00c38440c1534b51186448e7342a17fbc91cc32",
            Statements.GraphSeed(Filled(5, 32), ContextHash));
        Known(
            "128f9cf3f988b375b8772ccb1a841f46d5f93069a8a97e28244842f13d23fce5",
            Statements.SeedCommitment(ContextHash, "site-a", Filled(4, 32)));
        Known(
            "c7308463330ac9dc95e00b7c112118e9e3c9df49fa14e9cb199b72d91ab8d212",
            Statements.RoundKeyContext(ContextHash, Filled(5, 32)));
        Known(
            "c1a2f6d93d9e9845f9ec9c8be261d61f0b8aeea0460650a9348a00d5cc09ddae",
            Statements.Survivors(KeyContext, ["site-a", "site-b"]));
    }

    [Fact]
    public void The_keys_of_a_pair_have_the_known_bytes()
    {
        var key = new byte[32];
        PairKeys.DeriveShareKey(Agreed, KeyContext, "site-a", "site-b", key);
        Known("ff4779631dd4344348eb727f7f05ea5337015598b91bea7c19acce1379c9dc33", key);
        PairKeys.DeriveMaskKey(Agreed, KeyContext, key);
        Known("2ccc8f275141d34d743986e1a75923475a72eaa52f45d46d1078e4107df38413", key);
        Known(
            "020202020202020202020202020202020202020202020202020202020202020206736974652d61"
            + "06736974652d620953686172654b657973",
            PairKeys.AssociatedData(KeyContext, "site-a", "site-b"));
    }

    [Fact]
    public void Fields_cannot_be_shifted_into_each_other()
    {
        Assert.NotEqual(
            Statements.Survivors(KeyContext, ["ab", "c"]), Statements.Survivors(KeyContext, ["a", "bc"]));
        Assert.NotEqual(
            PairKeys.AssociatedData(KeyContext, "ab", "c"), PairKeys.AssociatedData(KeyContext, "a", "bc"));
    }

    private static void Known(string expected, byte[] actual) =>
        Assert.Equal(expected, Convert.ToHexStringLower(actual));

    private static byte[] Filled(byte value, int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }
}

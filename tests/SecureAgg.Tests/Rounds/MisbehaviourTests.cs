using System.Buffers.Binary;
using System.Numerics;

namespace FedMeta.SecureAgg.Tests;

public class MisbehaviourTests
{
    private const string Bad = "site-002";
    private static readonly BigInteger Prime = MersenneField.Prime;

    [Theory]
    [InlineData(6, 5, 1)]
    [InlineData(9, 7, 2)]
    [InlineData(16, 11, 5)]
    public void A_client_that_opens_wrong_shares_is_named_and_the_sum_is_exact(
        int members, int threshold, int colluders)
    {
        var round = With(members, threshold, colluders);
        round.FromClient = (id, message) => id == Bad && message is UnmaskShares opened
            ? opened with { SeedShares = [.. opened.SeedShares.Select(Spoil)] }
            : message;
        round.ToTheEnd();

        round.AssertExact(round.Inputs.Keys);
        Assert.Equal([Bad], round.Completed.Culprits);
        Assert.All(round.Completed.Conflicts, each => Assert.Equal(Bad, each.Holder));
        Assert.All(round.Completed.Conflicts, each => Assert.Equal(ShareConflictKind.Wrong, each.Kind));
        Assert.Equal(members, round.Completed.Conflicts.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_share_that_leads_to_a_wrong_but_possible_secret_is_found_by_what_the_owner_advertised(bool ofSeeds)
    {
        // The third of the first six shares moves so that the first limb of the secret grows by 2^20.
        var move = (ulong)(BigInteger.Pow(2, 20) * Inverse(WeightAtZero(3)) % Prime);
        var round = With(9, 6, 1);
        round.FromClient = (id, message) => (id, message) switch
        {
            ("site-007", MaskedInputMessage) => null,
            (Bad, UnmaskShares opened) when ofSeeds => opened with { SeedShares = Shift(opened.SeedShares, move) },
            (Bad, UnmaskShares opened) => opened with { MaskKeyShares = Shift(opened.MaskKeyShares, move) },
            _ => message,
        };
        round.ToTheEnd();

        round.AssertExact();
        var owners = ofSeeds ? round.Completed.Included : ["site-007"];
        Assert.Equal(
            owners.Select(owner => new ShareConflict(owner, Bad, ShareConflictKind.Wrong)), round.Completed.Conflicts);
        Assert.Equal(ofSeeds ? [Bad] : [], round.Completed.Culprits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_no_share_is_to_spare_a_wrong_one_ends_the_round_and_never_spoils_the_sum(bool ofSeeds)
    {
        var move = (ulong)(BigInteger.Pow(2, 20) * Inverse(WeightAtZero(3)) % Prime);
        var round = With(9, 6, 1);
        round.FromClient = (id, message) => (id, message) switch
        {
            ("site-007", MaskedInputMessage) => null,
            ("site-006" or "site-008", UnmaskShares) => null,
            (Bad, UnmaskShares opened) when ofSeeds => opened with { SeedShares = Shift(opened.SeedShares, move) },
            (Bad, UnmaskShares opened) => opened with { MaskKeyShares = Shift(opened.MaskKeyShares, move) },
            _ => message,
        };
        round.ToTheEnd();

        Assert.Equal(AbortReason.SecretNotRecovered, round.Aborted.Reason);
        Assert.Equal(ofSeeds ? 8 : 1, round.Aborted.Clients.Count);
    }

    [Fact]
    [Covers(DesignRefusal.BadCiphertext)]
    public void A_ciphertext_that_does_not_open_costs_one_share_and_the_round_goes_on()
    {
        var round = With(6, 5, 1);
        round.FromClient = (id, message) => id == Bad && message is ShareKeysMessage shares
            ? new ShareKeysMessage([.. shares.Shares.Select((s, i) => i == 0 ? Garble(s) : s)])
            : message;
        round.ToTheEnd();

        round.AssertExact(round.Inputs.Keys);
        Assert.Equal([new ShareConflict(Bad, "site-000", ShareConflictKind.Missing)], round.Completed.Conflicts);
        Assert.Empty(round.ClientRefusals);
    }

    [Fact]
    public void A_client_that_garbles_two_ciphertexts_is_named()
    {
        var round = With(9, 6, 1);
        round.FromClient = (id, message) => id == Bad && message is ShareKeysMessage shares
            ? new ShareKeysMessage([.. shares.Shares.Select((s, i) => i < 2 ? Garble(s) : s)])
            : message;
        round.ToTheEnd();

        round.AssertExact(round.Inputs.Keys);
        Assert.Equal([Bad], round.Completed.Culprits);
    }

    [Fact, Covers(AbortReason.SecretNotRecovered)]
    public void A_client_that_garbles_every_ciphertext_stops_the_round_and_is_named()
    {
        var round = With(6, 5, 1);
        round.FromClient = (id, message) => id == Bad && message is ShareKeysMessage shares
            ? new ShareKeysMessage([.. shares.Shares.Select(Garble)])
            : message;
        round.ToTheEnd();

        Assert.Equal(AbortReason.SecretNotRecovered, round.Aborted.Reason);
        Assert.Equal([Bad], round.Aborted.Clients);
        Assert.Equal([Bad], round.Aborted.Culprits);
        Assert.Empty(round.ClientRefusals);
    }

    [Fact]
    public void A_dealer_of_wrong_shares_is_named_whether_or_not_its_secret_can_be_rebuilt()
    {
        foreach (var (wrong, recovered) in new[] { (2, true), (6, false) })
        {
            var round = With(9, 6, 1).Until(AggregationPhase.AdvertiseKeys);
            round.Advertise();
            var dealer = new BadDealer(round, Bad);
            round.FromClient = (id, message) => id == Bad && message is ShareKeysMessage shares
                ? new ShareKeysMessage(
                    [.. shares.Shares.Select((s, i) => i < wrong ? dealer.Forge(s.Peer) : s)])
                : message;
            round.ToTheEnd();

            var culprits = recovered ? round.Completed.Culprits : round.Aborted.Culprits;
            if (recovered) Assert.Equal([Bad], culprits);
            else Assert.Equal([Bad], round.Aborted.Clients);
            if (recovered) round.AssertExact(round.Inputs.Keys);
        }
    }

    [Fact]
    public void A_signature_over_other_survivors_is_refused_and_the_rest_suffice()
    {
        var round = With(6, 5, 1);
        round.FromClient = (id, message) =>
            id == Bad && message is ConsistencySignature ? new ConsistencySignature(new byte[64]) : message;
        round.ToTheEnd();

        Assert.Equal(ServerRefusal.BadSignature, round.ServerRefusals[Bad]);
        round.AssertExact(round.Inputs.Keys);
    }

    [Fact]
    public void Two_liars_who_keep_a_secret_right_cannot_have_honest_holders_named()
    {
        // site-000 and site-001 move their shares so that the value at zero of the first six points stays.
        var (first, second) = (WeightAtZero(1), WeightAtZero(2));
        var round = With(9, 6, 2);
        round.FromClient = (id, message) => (id, message) switch
        {
            ("site-000", UnmaskShares o) => o with { SeedShares = Shift(o.SeedShares, (ulong)second) },
            ("site-001", UnmaskShares o) => o with { SeedShares = Shift(o.SeedShares, (ulong)(Prime - first)) },
            _ => message,
        };
        round.ToTheEnd();

        round.AssertExact(round.Inputs.Keys);
        Assert.NotEmpty(round.Completed.Conflicts);
        Assert.Empty(round.Completed.Culprits);
    }

    // Lagrange's weight of a place among the places 1 to 6.
    private static BigInteger WeightAtZero(int place) => Enumerable.Range(1, 6)
        .Where(other => other != place)
        .Select(other => other * Inverse((other - place + Prime) % Prime))
        .Aggregate(BigInteger.One, (product, factor) => product * factor % Prime);

    private static BigInteger Inverse(BigInteger element) => BigInteger.ModPow(element, Prime - 2, Prime);

    private static Simulated With(int members, int threshold, int colluders)
    {
        var parameters = Consortium.Parameters(37, 20, members, threshold, colluders);
        Assert.Empty(parameters.Validate());
        return new Simulated(Consortium.Round(parameters, members));
    }

    private static OpenedShare Spoil(OpenedShare share)
    {
        var value = share.Value.ToArray();
        value[3] ^= 0x10;
        return share with { Value = value };
    }

    private static List<OpenedShare> Shift(IEnumerable<OpenedShare> shares, ulong by) =>
    [
        .. shares.Select(share =>
        {
            var value = share.Value.ToArray();
            var moved = MersenneField.Add(BinaryPrimitives.ReadUInt64LittleEndian(value), by);
            BinaryPrimitives.WriteUInt64LittleEndian(value, moved);
            return share with { Value = value };
        }),
    ];

    private static EncryptedShare Garble(EncryptedShare share)
    {
        var ciphertext = share.Ciphertext.ToArray();
        ciphertext[40] ^= 1;
        return share with { Ciphertext = ciphertext };
    }
}

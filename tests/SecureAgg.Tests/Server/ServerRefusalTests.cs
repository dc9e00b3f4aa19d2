namespace FedMeta.SecureAgg.Tests;

public class ServerRefusalTests
{
    private const string Self = "site-001";

    [Fact, Covers(ServerRefusal.UnknownClient)]
    [Covers(DesignRefusal.ServerUnknownId)]
    public void A_stranger_is_refused()
    {
        var round = Fresh().Advertise();
        Assert.Equal(ServerRefusal.UnknownClient, round.Server.Receive("site-999", round.Sent[Self]));
    }

    [Fact, Covers(ServerRefusal.NotInRound)]
    public void A_member_that_missed_a_phase_is_out_of_the_round()
    {
        var round = Fresh();
        round.FromClient = (id, message) => id == Self && message is ShareKeysMessage ? null : message;
        round.Until(AggregationPhase.CollectMaskedInput);

        Assert.Equal(
            ServerRefusal.NotInRound,
            round.Server.Receive(Self, new MaskedInputMessage(new byte[RingPacking.PackedLength(37, 20)])));
    }

    [Fact, Covers(ServerRefusal.PhaseClosed)]
    public void A_masked_input_that_comes_after_the_survivors_were_announced_is_refused()
    {
        var round = Fresh();
        ClientMessage? late = null;
        round.FromClient = (id, message) =>
        {
            if (id != Self || message is not MaskedInputMessage) return message;
            late = message;
            return null;
        };
        round.Until(AggregationPhase.CheckConsistency);

        Assert.Equal(ServerRefusal.PhaseClosed, round.Server.Receive(Self, late!));
        round.ToTheEnd();
        Assert.DoesNotContain(Self, round.Completed.Included);
        round.AssertExact();
    }

    [Fact, Covers(ServerRefusal.TooEarly)]
    public void A_message_of_a_later_phase_is_refused()
    {
        var round = Fresh().Advertise();
        Assert.Equal(ServerRefusal.TooEarly, round.Server.Receive(Self, new ConsistencySignature(new byte[64])));
    }

    [Fact, Covers(ServerRefusal.AlreadyReceived)]
    [Covers(DesignRefusal.ServerSecondMessage)]
    public void A_second_answer_is_refused_and_the_first_one_stands()
    {
        var round = Fresh().Until(AggregationPhase.CollectMaskedInput);
        Assert.Null(round.Server.Receive(Self, round.Sent[Self]));
        Assert.Equal(ServerRefusal.AlreadyReceived, round.Server.Receive(Self, round.Sent[Self]));
        round.Sent.Remove(Self);
        round.ToTheEnd();
        round.AssertExact(round.Inputs.Keys);
    }

    [Fact, Covers(ServerRefusal.RoundEnded)]
    public void After_the_end_nothing_is_accepted()
    {
        var round = Fresh().ToTheEnd();
        Assert.Equal(ServerRefusal.RoundEnded, round.Server.Receive(Self, round.Sent.GetValueOrDefault(Self)
            ?? new ConsistencySignature(new byte[64])));
        Assert.Throws<InvalidOperationException>(() => round.Server.Close());
    }

    [Fact, Covers(ServerRefusal.RosterFull)]
    public void More_clients_than_the_plan_allows_are_refused()
    {
        var parameters = Consortium.Parameters(37, 20, 5, 4, 0, 2);
        var round = new Simulated(Consortium.Round(parameters, 7)).Advertise();
        round.Deliver();

        Assert.True(round.Server.IsComplete);
        Assert.Equal(
            new Dictionary<string, ServerRefusal>
            {
                ["site-005"] = ServerRefusal.RosterFull,
                ["site-006"] = ServerRefusal.RosterFull,
            },
            round.ServerRefusals);
    }

    [Fact, Covers(ServerRefusal.WrongLength)]
    public void An_advertisement_with_a_field_of_another_length_is_refused()
    {
        var (round, keys) = Advertised();
        Refused(ServerRefusal.WrongLength, round, keys with { SharePublicKey = new byte[31] });
        Refused(ServerRefusal.WrongLength, round, keys with { MaskPublicKey = new byte[33] });
        Refused(ServerRefusal.WrongLength, round, keys with { SeedCommitment = new byte[0] });
        Refused(ServerRefusal.WrongLength, round, keys with { Nonce = new byte[16] });
        Refused(ServerRefusal.WrongLength, round, keys with { Signature = new byte[72] });
        Assert.Null(round.Server.Receive(Self, keys));
    }

    [Fact, Covers(ServerRefusal.InvalidKey)]
    public void A_key_of_low_order_or_in_a_second_encoding_is_refused_though_duly_signed()
    {
        var (round, keys) = Advertised();
        var twin = keys.SharePublicKey.ToArray();
        twin[31] |= 0x80;
        Refused(ServerRefusal.InvalidKey, round, Signed(round, keys with { SharePublicKey = twin }));
        Refused(ServerRefusal.InvalidKey, round, Signed(round, keys with { SharePublicKey = new byte[32] }));
        Refused(ServerRefusal.InvalidKey, round, Signed(round, keys with { MaskPublicKey = new byte[32] }));
    }

    [Fact, Covers(ServerRefusal.DuplicateKey)]
    public void A_key_that_was_advertised_before_is_refused_though_duly_signed()
    {
        var (round, keys) = Advertised();
        var other = (AdvertiseKeysMessage)round.Sent["site-000"];
        Assert.Null(round.Server.Receive("site-000", other));
        var copies = new[]
        {
            keys with { SharePublicKey = other.SharePublicKey },
            keys with { MaskPublicKey = other.SharePublicKey },
            keys with { MaskPublicKey = keys.SharePublicKey },
            keys with { SeedCommitment = other.SeedCommitment },
            keys with { Nonce = other.Nonce },
        };
        foreach (var copy in copies) Refused(ServerRefusal.DuplicateKey, round, Signed(round, copy));
    }

    [Fact, Covers(ServerRefusal.BadSignature)]
    public void An_advertisement_or_a_survivor_list_under_another_signature_is_refused()
    {
        var (round, keys) = Advertised();
        Refused(ServerRefusal.BadSignature, round, keys with { Nonce = new byte[32] });
        Assert.Equal(ServerRefusal.BadSignature, round.Server.Receive("site-002", keys));

        var later = Fresh().Until(AggregationPhase.CheckConsistency);
        Refused(ServerRefusal.BadSignature, later, later.Sent["site-002"]);
        Refused(ServerRefusal.WrongLength, later, new ConsistencySignature(new byte[65]));
        Assert.Null(later.Server.Receive(Self, later.Sent[Self]));
    }

    [Fact, Covers(ServerRefusal.WrongRecipients)]
    public void Shares_for_others_than_the_rest_of_the_roster_are_refused()
    {
        var round = Fresh().Until(AggregationPhase.ShareKeys);
        var shares = ((ShareKeysMessage)round.Sent[Self]).Shares;
        Refused(ServerRefusal.WrongRecipients, round, new ShareKeysMessage([.. shares.Skip(1)]));
        Refused(ServerRefusal.WrongRecipients, round, new ShareKeysMessage([.. shares, shares[0]]));
        Refused(ServerRefusal.WrongRecipients, round, new ShareKeysMessage([.. shares.Reverse()]));
        Refused(ServerRefusal.WrongRecipients, round, new ShareKeysMessage([]));
        Refused(
            ServerRefusal.WrongRecipients,
            round,
            new ShareKeysMessage([shares[0] with { Peer = Self }, .. shares.Skip(1)]));
        Refused(
            ServerRefusal.WrongLength,
            round,
            new ShareKeysMessage([shares[0] with { Ciphertext = new byte[97] }, .. shares.Skip(1)]));
    }

    [Fact, Covers(ServerRefusal.NonZeroPadding)]
    [Covers(DesignRefusal.ServerWrongLength)]
    public void A_masked_input_of_another_length_or_with_bits_behind_its_end_is_refused_and_not_added()
    {
        var round = Fresh().Until(AggregationPhase.CollectMaskedInput);
        var packed = ((MaskedInputMessage)round.Sent[Self]).Packed.ToArray();
        var padded = packed.ToArray();
        padded[^1] |= 0x80;
        Refused(ServerRefusal.NonZeroPadding, round, new MaskedInputMessage(padded));
        Refused(ServerRefusal.WrongLength, round, new MaskedInputMessage(packed.AsMemory(1)));
        Refused(ServerRefusal.WrongLength, round, new MaskedInputMessage((byte[])[.. packed, 0]));
        Refused(ServerRefusal.WrongLength, round, new MaskedInputMessage(default));
        round.ToTheEnd();
        round.AssertExact(round.Inputs.Keys);
    }

    [Fact, Covers(ServerRefusal.WrongShareKind)]
    [Covers(DesignRefusal.ServerShareKind)]
    public void A_seed_share_of_the_dropped_or_a_key_share_of_a_survivor_is_refused()
    {
        var (round, opened) = Opened();
        var (seed, key) = (opened.SeedShares, opened.MaskKeyShares);
        Refused(
            ServerRefusal.WrongShareKind,
            round,
            opened with { SeedShares = [.. seed, new OpenedShare("site-005", key[0].Value)] });
        Refused(
            ServerRefusal.WrongShareKind,
            round,
            opened with { MaskKeyShares = [new OpenedShare("site-002", key[0].Value)] });
        Assert.Null(round.Server.Receive(Self, opened));
    }

    [Fact, Covers(ServerRefusal.UnknownOwner)]
    public void A_share_of_someone_who_shared_nothing_is_refused()
    {
        var (round, opened) = Opened();
        Refused(
            ServerRefusal.UnknownOwner,
            round,
            opened with { SeedShares = [.. opened.SeedShares, opened.SeedShares[0] with { Owner = "site-999" }] });
    }

    [Fact, Covers(ServerRefusal.ListNotAscending)]
    public void Shares_out_of_order_or_twice_are_refused()
    {
        var (round, opened) = Opened();
        Refused(ServerRefusal.ListNotAscending, round, opened with { SeedShares = [.. opened.SeedShares.Reverse()] });
        Refused(
            ServerRefusal.ListNotAscending,
            round,
            opened with { MaskKeyShares = [opened.MaskKeyShares[0], opened.MaskKeyShares[0]] });
    }

    [Fact, Covers(ServerRefusal.MalformedShare)]
    [Covers(DesignRefusal.ServerShareLength)]
    public void A_share_that_is_no_field_elements_or_of_another_length_is_refused()
    {
        var (round, opened) = Opened();
        var tooLarge = Enumerable.Repeat((byte)0xff, 40).ToArray();
        Refused(ServerRefusal.MalformedShare, round, opened with { MaskKeyShares = [new("site-005", tooLarge)] });
        Refused(ServerRefusal.WrongLength, round, opened with { MaskKeyShares = [new("site-005", new byte[39])] });
    }

    [Fact]
    public void A_phase_that_was_closed_answers_nothing()
    {
        var round = Fresh().Advertise();
        var closed = round.Server;
        round.Advance();
        Assert.Throws<InvalidOperationException>(() => closed.Receive(Self, round.Sent[Self]));
        Assert.Throws<InvalidOperationException>(() => closed.Close());
    }

    private static Simulated Fresh() => new(Consortium.Round(6, 4));

    private static (Simulated Round, AdvertiseKeysMessage Own) Advertised()
    {
        var round = Fresh().Advertise();
        return (round, (AdvertiseKeysMessage)round.Sent[Self]);
    }

    private static (Simulated Round, UnmaskShares Own) Opened()
    {
        var round = Fresh();
        round.FromClient = (id, message) => id == "site-005" && message is MaskedInputMessage ? null : message;
        round.Until(AggregationPhase.Unmask);
        return (round, (UnmaskShares)round.Sent[Self]);
    }

    private static AdvertiseKeysMessage Signed(Simulated round, AdvertiseKeysMessage keys) => keys with
    {
        Signature = IdentitySignature.Sign(
            Consortium.IdentityOf(Self), Statements.Advertisement(round.Context.ComputeHash(), Self, keys)),
    };

    private static void Refused(ServerRefusal expected, Simulated round, ClientMessage message) =>
        Assert.Equal(expected, round.Server.Receive(Self, message));
}

namespace FedMeta.SecureAgg.Tests;

public class RosterRefusalTests
{
    private readonly ClientCase _case = new(AggregationPhase.ShareKeys);

    [Fact]
    public void The_honest_roster_is_answered() =>
        Assert.IsType<ShareKeysMessage>(_case.Client.Receive(_case.Roster, Consortium.Now).Outgoing);

    [Fact, Covers(ClientRefusal.ContextDiffers)]
    public void A_server_in_another_round_is_refused() =>
        _case.AssertRefused(ClientRefusal.ContextDiffers, _case.Roster with { ContextHash = new byte[32] });

    [Fact, Covers(ClientRefusal.MalformedMessage)]
    public void A_context_hash_of_another_length_is_refused() =>
        _case.AssertRefused(ClientRefusal.MalformedMessage, _case.Roster with { ContextHash = new byte[31] });

    [Fact, Covers(ClientRefusal.RosterTooSmall)]
    [Covers(DesignRefusal.RosterBelowThreshold)]
    public void A_roster_below_the_threshold_is_refused() =>
        _case.AssertRefused(
            ClientRefusal.RosterTooSmall, _case.Roster with { Entries = [.. _case.Roster.Entries.Take(3)] });

    [Fact, Covers(ClientRefusal.RosterTooLarge)]
    [Covers(DesignRefusal.RosterAbovePlan)]
    public void A_roster_above_the_plan_is_refused()
    {
        var entries = _case.Roster.Entries.Append(new RosterEntry("site-006", _case.Roster.Entries[5].Keys));
        _case.AssertRefused(ClientRefusal.RosterTooLarge, _case.Roster with { Entries = [.. entries] });
    }

    [Fact]
    public void An_empty_roster_is_refused() =>
        _case.AssertRefused(ClientRefusal.RosterTooSmall, _case.Roster with { Entries = [] });

    [Fact, Covers(ClientRefusal.ListNotAscending)]
    [Covers(DesignRefusal.DuplicatedId)]
    public void A_roster_with_a_doubled_or_displaced_id_is_refused()
    {
        _case.AssertRefused(
            ClientRefusal.ListNotAscending, _case.Roster with { Entries = [.. _case.Roster.Entries.Reverse()] });
        var other = new ClientCase(AggregationPhase.ShareKeys);
        other.AssertRefused(
            ClientRefusal.ListNotAscending, other.With(3, entry => entry with { ClientId = "site-002" }));
    }

    [Fact, Covers(ClientRefusal.RosterRootDiffers)]
    public void A_root_or_a_count_that_is_not_of_the_entries_is_refused()
    {
        var others = new Func<Roster, Roster>[]
        {
            roster => roster with { Root = new byte[32] },
            roster => roster with { Count = 7 },
            roster => roster with { Count = 5 },
            roster => roster with { Proofs = [new InclusionProof(1, default)] },
        };
        foreach (var change in others)
        {
            var attempt = new ClientCase(AggregationPhase.ShareKeys);
            attempt.AssertRefused(ClientRefusal.RosterRootDiffers, change(attempt.Roster));
        }

        _case.AssertRefused(ClientRefusal.MalformedMessage, _case.Roster with { Root = new byte[31] });
    }

    [Fact]
    [Covers(DesignRefusal.OwnEntryDoubled)]
    public void A_roster_in_which_the_client_itself_stands_twice_is_refused()
    {
        var entries = _case.Roster.Entries;
        _case.AssertRefused(
            ClientRefusal.ListNotAscending,
            Roster.Complete(_case.Roster.ContextHash, [entries[0], entries[1], entries[1], .. entries.Skip(3)]));
    }

    [Fact, Covers(ClientRefusal.OwnEntryMissing)]
    [Covers(DesignRefusal.OwnEntryMissing)]
    public void A_roster_without_the_client_itself_is_refused() =>
        _case.AssertRefused(
            ClientRefusal.OwnEntryMissing,
            _case.Roster with { Entries = [.. _case.Roster.Entries.Where(e => e.ClientId != ClientCase.Self)] });

    [Fact, Covers(ClientRefusal.OwnEntryChanged)]
    [Covers(DesignRefusal.OwnEntryChanged)]
    public void A_roster_with_another_key_for_the_client_itself_is_refused()
    {
        for (var field = 0; field < 5; field++)
        {
            var attempt = new ClientCase(AggregationPhase.ShareKeys);
            attempt.AssertRefused(
                ClientRefusal.OwnEntryChanged,
                attempt.With(1, entry => entry with { Keys = Flip(entry.Keys, field) }));
        }
    }

    [Fact, Covers(ClientRefusal.DuplicateKey)]
    [Covers(DesignRefusal.DuplicatedKey)]
    public void A_key_commitment_or_nonce_that_stands_twice_is_refused_even_in_another_role_and_duly_signed()
    {
        var copies = new Func<AdvertiseKeysMessage, AdvertiseKeysMessage, AdvertiseKeysMessage>[]
        {
            (own, victim) => own with { SharePublicKey = victim.SharePublicKey },
            (own, victim) => own with { MaskPublicKey = victim.MaskPublicKey },
            (own, victim) => own with { SharePublicKey = victim.MaskPublicKey },
            (own, victim) => own with { MaskPublicKey = victim.SharePublicKey },
            (own, _) => own with { MaskPublicKey = own.SharePublicKey },
            (own, victim) => own with { SeedCommitment = victim.SeedCommitment },
            (own, victim) => own with { Nonce = victim.Nonce },
        };
        foreach (var copy in copies)
        {
            var attempt = new ClientCase(AggregationPhase.ShareKeys);
            var victim = attempt.Roster.Entries[0].Keys;
            attempt.AssertRefused(
                ClientRefusal.DuplicateKey,
                attempt.With(4, entry => attempt.SignedByItsMember(entry.ClientId, copy(entry.Keys, victim))));
        }
    }

    [Fact, Covers(ClientRefusal.InvalidKey)]
    [Covers(DesignRefusal.KeyOffCurve)]
    public void A_second_encoding_of_a_key_is_refused_though_duly_signed()
    {
        var twin = _case.Roster.Entries[0].Keys.SharePublicKey.ToArray();
        twin[31] |= 0x80;
        _case.AssertRefused(
            ClientRefusal.InvalidKey,
            _case.With(4, e => _case.SignedByItsMember(e.ClientId, e.Keys with { SharePublicKey = twin })));
    }

    [Fact]
    public void A_field_of_another_length_is_refused_though_duly_signed()
    {
        var changes = new Func<AdvertiseKeysMessage, AdvertiseKeysMessage>[]
        {
            keys => keys with { SharePublicKey = new byte[31] },
            keys => keys with { MaskPublicKey = new byte[33] },
            keys => keys with { SeedCommitment = new byte[16] },
            keys => keys with { Nonce = ReadOnlyMemory<byte>.Empty },
        };
        foreach (var change in changes)
        {
            var attempt = new ClientCase(AggregationPhase.ShareKeys);
            attempt.AssertRefused(
                ClientRefusal.MalformedMessage,
                attempt.With(4, entry => attempt.SignedByItsMember(entry.ClientId, change(entry.Keys))));
        }
    }

    [Fact, Covers(ClientRefusal.UnknownMember)]
    [Covers(DesignRefusal.CertificateOutside)]
    public void A_client_outside_the_consortium_is_refused()
    {
        var stranger = new ClientCase(AggregationPhase.ShareKeys, members: 6);
        stranger.AssertRefused(
            ClientRefusal.UnknownMember,
            stranger.With(5, entry => stranger.SignedByItsMember("site-007", entry.Keys)));
    }

    [Fact, Covers(ClientRefusal.BadAdvertisementSignature)]
    [Covers(DesignRefusal.BadSignature)]
    public void An_advertisement_that_its_member_did_not_sign_is_refused()
    {
        for (var field = 0; field < 5; field++)
        {
            var attempt = new ClientCase(AggregationPhase.ShareKeys);
            attempt.AssertRefused(
                ClientRefusal.BadAdvertisementSignature,
                attempt.With(4, entry => entry with { Keys = Flip(entry.Keys, field) }));
        }
    }

    [Theory, Covers(ClientRefusal.ZeroSharedSecret)]
    [InlineData(true)]
    [InlineData(false)]
    [Covers(DesignRefusal.ZeroSecret)]
    public void A_key_of_low_order_is_refused_though_duly_signed(bool shareKey)
    {
        var one = new byte[32];
        one[0] = 1;
        _case.AssertRefused(
            ClientRefusal.ZeroSharedSecret,
            _case.Rebuilt(4, e => _case.SignedByItsMember(
                e.ClientId, shareKey ? e.Keys with { SharePublicKey = one } : e.Keys with { MaskPublicKey = one })));
    }

    // The lowest bit of the first byte leaves a key canonical but for one in 2^250.
    private static AdvertiseKeysMessage Flip(AdvertiseKeysMessage keys, int field) => field switch
    {
        0 => keys with { SharePublicKey = Flip(keys.SharePublicKey) },
        1 => keys with { MaskPublicKey = Flip(keys.MaskPublicKey) },
        2 => keys with { SeedCommitment = Flip(keys.SeedCommitment) },
        3 => keys with { Nonce = Flip(keys.Nonce) },
        _ => keys with { Signature = Flip(keys.Signature) },
    };

    private static byte[] Flip(ReadOnlyMemory<byte> bytes)
    {
        var flipped = bytes.ToArray();
        flipped[0] ^= 1;
        return flipped;
    }
}

namespace FedMeta.SecureAgg.Tests;

public class UnmaskRefusalTests
{
    private readonly ClientCase _case = Fresh();

    [Fact]
    public void The_honest_proof_is_answered_with_one_share_of_each_peer()
    {
        var transition = _case.Client.Receive(_case.Signed, Consortium.Now);

        var opened = Assert.IsType<UnmaskShares>(transition.Outgoing);
        Assert.Equal(_case.Signed.Survivors, opened.SeedShares.Select(share => share.Owner));
        Assert.Equal(["site-005"], opened.MaskKeyShares.Select(share => share.Owner));
    }

    [Fact]
    [Covers(DesignRefusal.ErasedAfterUnmask)]
    public void After_the_answer_every_secret_is_erased()
    {
        var secrets = Secrets.In(_case.Client);

        _case.Client.Receive(_case.Signed, Consortium.Now);

        Assert.All(secrets, secret => Assert.True(secret.IsErased));
    }

    [Fact, Covers(ClientRefusal.SurvivorsChanged)]
    [Covers(DesignRefusal.TwoSurvivorLists)]
    public void Other_survivors_than_those_that_were_signed_are_refused() =>
        _case.AssertRefused(
            ClientRefusal.SurvivorsChanged, _case.Signed with { Survivors = [.. _case.Signed.Survivors.Skip(1)] });

    [Fact, Covers(ClientRefusal.TooFewSignatures)]
    [Covers(DesignRefusal.SignaturesTooFew)]
    public void Fewer_signatures_than_the_threshold_are_refused()
    {
        _case.AssertRefused(
            ClientRefusal.TooFewSignatures, _case.Signed with { Signatures = [.. _case.Signed.Signatures.Take(3)] });
        var enough = Fresh();
        var transition = enough.Client.Receive(
            enough.Signed with { Signatures = [.. enough.Signed.Signatures.Take(4)] }, Consortium.Now);
        Assert.Null(transition.Refusal);
    }

    [Fact]
    public void One_signature_many_times_is_refused() =>
        _case.AssertRefused(
            ClientRefusal.ListNotAscending,
            _case.Signed with { Signatures = [.. Enumerable.Repeat(_case.Signed.Signatures[0], 4)] });

    [Fact, Covers(ClientRefusal.SignerNotSurvivor)]
    public void A_signature_of_someone_who_did_not_survive_is_refused()
    {
        var outsider = new SurvivorSignature("site-005", _case.Signed.Signatures[0].Signature);
        _case.AssertRefused(
            ClientRefusal.SignerNotSurvivor,
            _case.Signed with { Signatures = [.. _case.Signed.Signatures.Take(4), outsider] });
        var tooMany = Fresh();
        tooMany.AssertRefused(
            ClientRefusal.SignerNotSurvivor,
            tooMany.Signed with { Signatures = [.. tooMany.Signed.Signatures, outsider] });
    }

    [Fact, Covers(ClientRefusal.BadSurvivorSignature)]
    public void A_signature_over_another_list_is_refused()
    {
        var roster = Secrets.Reachable<AgreedRoster>(_case.Client).Single();
        var statement = Statements.Survivors(roster.KeyContext, [.. _case.Signed.Survivors.Skip(1)]);
        var elsewhere = IdentitySignature.Sign(Consortium.IdentityOf("site-003"), statement);
        var signatures = _case.Signed.Signatures.Select(
            each => each.ClientId == "site-003" ? each with { Signature = elsewhere } : each);
        _case.AssertRefused(ClientRefusal.BadSurvivorSignature, _case.Signed with { Signatures = [.. signatures] });
    }

    [Fact]
    public void A_signature_of_another_length_is_refused()
    {
        var signatures = _case.Signed.Signatures.Select(each => each with { Signature = new byte[63] });
        _case.AssertRefused(ClientRefusal.MalformedMessage, _case.Signed with { Signatures = [.. signatures] });
    }

    private static ClientCase Fresh() => new(AggregationPhase.Unmask, setUp: round => round.FromClient =
        (id, message) => id == "site-005" && message is MaskedInputMessage ? null : message);
}

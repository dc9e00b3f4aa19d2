using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.Enrolment;
using FedMeta.Server.State;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Enrolment;

public sealed class EnrolmentTests
{
    [Fact]
    public async Task An_invite_works_once_and_its_secret_is_nowhere_in_the_journal_or_the_log()
    {
        await using var federation = await Federation.StartAsync();
        using var invite = federation.Desk.Invite("Seoul General").Invite!;
        using var first = federation.NewClient(invite.ClientId);
        using var second = federation.NewClient(invite.ClientId);
        Assert.True((await first.EnrolAsync(invite)).Accepted);
        Assert.Equal("invite-refused", (await second.EnrolAsync(invite)).Refusal);
        Assert.Equal(EnrolmentStatus.Types.State.Pending, (await first.StatusAsync()).State);
        Assert.Equal(EnrolmentStatus.Types.State.Unknown, (await second.StatusAsync()).State);

        using var lines = new MemoryStream();
        federation.Journal.Export(lines);
        Assert.DoesNotContain(invite.Secret.Reveal(), System.Text.Encoding.UTF8.GetString(lines.ToArray()));
        Assert.DoesNotContain(federation.Log.Lines, l => l.Text.Contains(invite.Secret.Reveal(),
            StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(federation.Home.Invites, invite.ClientId)));
    }

    [Fact]
    public async Task An_expired_invite_is_refused_and_journaled()
    {
        await using var federation = await Federation.StartAsync();
        using var invite = federation.Desk.Invite("Seoul General").Invite!;
        federation.Time.Advance(TimeSpan.FromDays(8));
        using var client = federation.NewClient(invite.ClientId);
        Assert.Equal("invite-refused", (await client.EnrolAsync(invite)).Refusal);
        Assert.True(federation.Journal.State.Clients[invite.ClientId].InviteBurnt);
        Assert.Contains(federation.Journal.State.Activities, a => a.Text.Contains("expired", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_guessed_secret_burns_the_invite_after_five_tries()
    {
        await using var federation = await Federation.StartAsync();
        using var invite = federation.Desk.Invite("Seoul General").Invite!;
        using var random = System.Security.Cryptography.RandomNumberGenerator.Create();
        using var guessed = new Invite(invite.Server, invite.ServerPin, invite.ClientId, invite.Name,
            InviteSecret.Create(random), invite.Expires);
        using var client = federation.NewClient(invite.ClientId);
        for (var i = 0; i < EnrolmentDesk.MaxFailedTries; i++)
            Assert.False((await client.EnrolAsync(guessed)).Accepted);
        Assert.False((await client.EnrolAsync(invite)).Accepted);
        Assert.Equal(EnrolmentDesk.MaxFailedTries, federation.Journal.State.Clients[invite.ClientId].FailedTries);
        var records = federation.Journal.State.Last.Record;
        Assert.False((await client.EnrolAsync(guessed)).Accepted);
        Assert.Equal(records, federation.Journal.State.Last.Record);
    }

    [Fact]
    public async Task An_invite_does_not_serve_for_another_hospital()
    {
        await using var federation = await Federation.StartAsync();
        using var seoul = federation.Desk.Invite("Seoul General").Invite!;
        using var busan = federation.Desk.Invite("Busan General").Invite!;
        using var client = federation.NewClient(busan.ClientId);
        Assert.False((await client.EnrolAsync(seoul)).Accepted);
        Assert.Equal(ClientStanding.Invited, federation.Journal.State.Clients[busan.ClientId].Standing);
    }

    [Fact]
    public async Task A_certificate_renews_itself_in_the_second_half_of_its_life()
    {
        await using var federation = await Federation.StartAsync();
        var client = await federation.JoinAsync("Seoul General");
        var before = await client.StatusAsync();
        federation.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(before.Certificate, (await client.StatusAsync()).Certificate);
        federation.Time.Advance(TimeSpan.FromDays(20));
        Assert.NotEqual(before.Certificate, (await client.StatusAsync()).Certificate);
    }

    [Fact]
    public async Task A_revoked_hospital_is_not_invited_again()
    {
        await using var federation = await Federation.StartAsync();
        var client = await federation.JoinAsync("Seoul General");
        Assert.True(federation.Desk.Revoke(client.Id));
        Assert.Null(federation.Desk.Invite("Seoul General").Invite);
    }
}

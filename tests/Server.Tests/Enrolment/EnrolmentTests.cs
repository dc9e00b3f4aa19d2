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

        using var lines = federation.Lines();
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
    public async Task A_join_whose_answer_was_lost_goes_on_with_the_same_key_and_no_other()
    {
        await using var federation = await Federation.StartAsync();
        using var invite = federation.Desk.Invite("Seoul General").Invite!;
        using var first = federation.NewClient(invite.ClientId);
        using var second = federation.NewClient(invite.ClientId);
        Assert.True((await first.EnrolAsync(invite)).Accepted);
        var records = federation.Journal.State.Last.Record;
        Assert.True((await first.EnrolAsync(invite)).Accepted);
        Assert.Equal(records, federation.Journal.State.Last.Record);
        Assert.Null(federation.Desk.Approve(first.Id));
        Assert.True((await first.EnrolAsync(invite)).Accepted);
        Assert.False((await second.EnrolAsync(invite)).Accepted);
        Assert.True(federation.Desk.Revoke(first.Id));
        Assert.False((await first.EnrolAsync(invite)).Accepted);
    }

    [Theory]
    [InlineData("Seoul\u202eGeneral")]
    [InlineData("Seoul\u2028General")]
    [InlineData(" ")]
    [InlineData("Seoul\u001b[2J")]
    public async Task A_name_that_could_deceive_a_reader_is_not_invited_and_leaves_no_secret(string name)
    {
        await using var federation = await Federation.StartAsync();
        var (invite, problem) = federation.Desk.Invite(name);
        Assert.Null(invite);
        Assert.NotNull(problem);
        Assert.False(Directory.Exists(federation.Home.Invites));
    }

    [Fact]
    public async Task Nobody_without_a_certificate_makes_the_coordinator_hold_a_long_message()
    {
        await using var federation = await Federation.StartAsync();
        using var nobody = federation.NewClient("nobody");
        var client = new Protocol.V1.Enrolment.EnrolmentClient(nobody.Channel.Channel);
        var request = new EnrolRequest
        {
            ClientId = "nobody",
            CertificateRequest = Google.Protobuf.ByteString.CopyFrom(new byte[600_000]),
        };
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => client.EnrolAsync(request).ResponseAsync);
        Assert.False((await client.EnrolAsync(new EnrolRequest { ClientId = "nobody" })).Ack.Accepted);
    }

    [Fact]
    public async Task A_certificate_that_cannot_become_longer_is_not_renewed_on_every_question()
    {
        await using var federation = await Federation.StartAsync();
        var client = await federation.JoinAsync("Seoul General");
        federation.Time.Advance(TimeSpan.FromDays(3652 - 20));
        var last = (await client.StatusAsync()).Certificate;
        var records = federation.Journal.State.Last.Record;
        federation.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(last, (await client.StatusAsync()).Certificate);
        Assert.Equal(records, federation.Journal.State.Last.Record);
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

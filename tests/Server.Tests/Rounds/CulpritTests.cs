using System.Text;
using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.SecureAgg;
using FedMeta.Server.Audit;
using FedMeta.Server.Commands;
using FedMeta.Server.Reports;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Rounds;

public sealed class CulpritTests
{
    [Fact]
    public async Task Garbage_shares_to_everyone_abort_the_attempt_by_name_and_the_next_one_completes_without_it()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 2));
        var hostile = federation.Clients[2];
        hostile.Tamper = Garbage;
        var end = await PlayAsync(federation);
        Assert.Equal("secret-not-recovered", end.End.Reason);

        await federation.UntilAsync(s => s.Studies.Values.Single().Rounds[0].Outcome is not null);
        var (_, conflicts) = Assert.Single(federation.Study.Rounds[0].Conflicts).Value;
        Assert.Equal([hostile.Id], conflicts.Culprits);
        Assert.Equal([hostile.Id], conflicts.Unrecovered);
        Assert.Equal(Federation.Size - 1, conflicts.Conflicts.Count);
        Assert.All(conflicts.Conflicts, c => Assert.Equal((hostile.Id, "missing"), (c.Dealer, c.Kind)));
        Assert.Equal([hostile.Id], federation.Study.ShutOut.Keys);

        federation.Clients.Remove(hostile);
        await NextAttemptAsync(federation, 2);
        Assert.DoesNotContain(hostile.Id, federation.Study.Rounds[1].Invited);
        end = await PlayAsync(federation);
        Assert.True(end.End.Completed, end.End.Reason);
        Assert.Equal(Federation.Size - 1, end.End.Included.Count);
        Assert.Null(JournalAudit.Run(federation.Lines(), null).Finding);
        hostile.Dispose();
    }

    [Fact]
    public async Task A_hospital_that_opens_wrong_shares_is_named_in_a_round_that_completes_and_is_not_in_the_next()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 3));
        var hostile = federation.Clients[5];
        hostile.Tamper = message => message is UnmaskShares opened
            ? new UnmaskShares([.. opened.SeedShares.Select(Wrong)], opened.MaskKeyShares)
            : message;
        var end = await PlayAsync(federation);
        Assert.True(end.End.Completed, end.End.Reason);
        Assert.Equal(Federation.Size, end.End.Included.Count);
        Assert.Equal([hostile.Id], federation.Study.ShutOut.Keys);
        Assert.All(federation.Study.Rounds[0].Conflicts[0].Fact.Conflicts, c =>
            Assert.Equal((hostile.Id, "wrong"), (c.Holder, c.Kind)));

        federation.Clients.Remove(hostile);
        end = await PlayAsync(federation);
        Assert.True(end.End.Completed, end.End.Reason);
        Assert.DoesNotContain(hostile.Id, end.End.Included);
        hostile.Dispose();
    }

    [Fact]
    public async Task Who_is_shut_out_and_why_stands_in_report_page_snapshot_and_command()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 3));
        var hostile = federation.Clients[0];
        hostile.Tamper = Garbage;
        await PlayAsync(federation);
        await federation.UntilAsync(s => s.Studies.Values.Single().Rounds[0].Outcome is not null);
        var desk = federation.Host.Services.GetRequiredService<ReportDesk>();
        string Report(string kind, string format) =>
            Encoding.UTF8.GetString(desk.Make(federation.Study, kind, format)!);
        var participation = JsonDocument.Parse(Report("participation", "json")).RootElement;
        Assert.Equal(Federation.Size - 1, participation.GetProperty("conflicts").GetArrayLength());
        Assert.Contains("were wrong or missing", participation.GetProperty("sites")[0].GetProperty("shut_out").GetString());
        Assert.Contains("Key shares that did not fit", Report("participation", "html"));
        Assert.Contains($"fedmeta client readmit {hostile.Id}", Report("study", "html"));
        Assert.Contains("\"shut-out\"", Report("study", "json"));
        var (code, output, notes) = await federation.CommandAsync("study", "show", "test");
        Assert.Equal((0, federation.Study.Document), (code, output));
        Assert.Contains($"fedmeta client readmit {hostile.Id}", notes);
        Assert.Contains("test", (await federation.CommandAsync("client", "show", hostile.Id)).Output);

        var (twice, _, why) = await federation.CommandAsync("client", "readmit", federation.Clients[1].Id);
        Assert.Equal(2, twice);
        Assert.Contains("not-shut-out", why);
    }

    [Fact]
    public async Task A_study_that_cannot_go_on_without_those_shut_out_says_so_and_waits_for_the_operator()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 3));
        var hostile = federation.Clients.Take(1).ToList();
        hostile[0].Tamper = Garbage;
        await PlayAsync(federation);
        federation.Clients.Remove(hostile[0]);
        await NextAttemptAsync(federation, 2);
        federation.Clients[0].Tamper = Garbage;
        hostile.Add(federation.Clients[0]);
        Assert.False((await PlayAsync(federation)).End.Completed);

        var state = await federation.UntilAsync(s => s.Studies.Values.Single().Standing == StudyStanding.Paused);
        Assert.Equal("4 hospitals are left, a round needs 5, and hospital-0, hospital-1 are shut out: "
            + "fedmeta client readmit NAME, then fedmeta study resume, or fedmeta study stop",
            state.Studies.Values.Single().PauseReason);

        foreach (var client in hostile)
        {
            client.Tamper = null;
            Assert.Equal(0, (await federation.CommandAsync("client", "readmit", client.Id)).Code);
        }

        Assert.Empty(federation.Study.ShutOut);
        Assert.Equal(0, (await federation.CommandAsync("study", "resume", "test")).Code);
        federation.Clients.Insert(0, hostile[0]);
        await NextAttemptAsync(federation, 3);
        Assert.True((await PlayAsync(federation)).End.Completed);
        Assert.Null(JournalAudit.Run(federation.Lines(), null).Finding);
    }

    [Fact]
    public async Task A_journal_that_accuses_a_hospital_without_cause_is_found()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        federation.Clients[2].Tamper = Garbage;
        await PlayAsync(federation);
        await federation.UntilAsync(s => s.Studies.Values.Single().Rounds[0].Outcome is not null);
        var innocent = federation.Clients[1].Id;
        Assert.Equal("the hospitals that are accused do not follow from the conflicts",
            federation.FindingAfter(Conflicting(f => f with { Culprits = [innocent, .. f.Culprits] })));
    }

    [Fact]
    public async Task A_secret_that_is_said_to_be_lost_in_a_sum_that_was_opened_is_found()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        federation.Clients[5].Tamper = message => message is UnmaskShares opened
            ? new UnmaskShares([.. opened.SeedShares.Select(Wrong)], opened.MaskKeyShares)
            : message;
        var end = await PlayAsync(federation);
        Assert.True(end.End.Completed, end.End.Reason);
        await federation.UntilAsync(s => s.Studies.Values.Single().Rounds[0].Outcome is not null);
        Assert.Contains("is said to be lost in a sum that was opened",
            federation.FindingAfter(Conflicting(f => f with { Unrecovered = [federation.Clients[1].Id] })));
    }

    private static Func<Fact, Fact> Conflicting(Func<RoundConflicts, RoundConflicts> lie) =>
        fact => fact is RoundConflicts conflicts ? lie(conflicts) : fact;

    private static Task<Protocol.V1.Instruction> PlayAsync(Federation federation) =>
        federation.PlayAsync(_ => federation.Input(i => (uint)i));

    private static ClientMessage Garbage(ClientMessage message) => message is ShareKeysMessage keys
        ? new ShareKeysMessage([.. keys.Shares.Select(s => new EncryptedShare(s.Peer, new byte[s.Ciphertext.Length]))])
        : message;

    private static OpenedShare Wrong(OpenedShare share)
    {
        var bytes = share.Value.ToArray();
        bytes[0] ^= 1;
        return share with { Value = bytes };
    }

    // After an aborted attempt the coordinator pauses; the clock goes on until it has announced the next one.
    private static async Task NextAttemptAsync(Federation federation, int rounds)
    {
        while (federation.Study.Rounds.Count < rounds)
        {
            var seen = federation.Journal.State;
            federation.Time.Advance(federation.Plan.Deadline / 4);
            await Task.WhenAny(federation.Journal.ChangedSince(seen),
                Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }
    }
}

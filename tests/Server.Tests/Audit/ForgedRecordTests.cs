using FedMeta.Protocol;
using FedMeta.Server.Audit;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Audit;

/// <summary>A coordinator that writes its own journal well but lies in it: the chain holds, the signatures do
/// not.</summary>
public sealed class ForgedRecordTests
{
    [Fact]
    public async Task An_approval_that_the_coordinator_made_up_is_found_by_its_record()
    {
        await using var federation = await Federation.StartAsync();
        for (var i = 0; i < Federation.Size; i++)
            await federation.JoinAsync($"Hospital {i}");
        federation.Propose(Drafts.Sound());
        var forged = new StudyDecided(federation.Study.Hash, federation.Clients[0].Id, true, "",
            federation.Time.GetUtcNow().ToUnixTimeSeconds(), Convert.ToBase64String(new byte[64]));
        federation.Journal.Record(federation.Clients[0].Id, forged);
        using var lines = federation.Lines();
        var finding = JournalAudit.Run(lines, null).Finding;
        Assert.NotNull(finding);
        Assert.Equal(federation.Study.Decisions[federation.Clients[0].Id].Origin.Record, finding.Record);
        Assert.Contains("not signed", finding.What);
    }

    [Theory]
    [InlineData(32, "fewer hospitals than the threshold signed")]
    [InlineData(31, "the round's rotation seed is not 32 bytes")]
    public async Task A_rotation_that_the_hospitals_did_not_sign_for_is_found(int seedBytes, string problem)
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        Assert.Contains(problem, federation.FindingAfter(fact => fact is RoundStarted started
            ? started with { RotationSeed = Convert.ToBase64String(new byte[seedBytes]) } : fact));
    }

    [Fact]
    public async Task A_roll_back_that_did_not_keep_the_model_or_has_no_cause_is_found()
    {
        await using var federation = await Federation.WithStudyAsync();
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal("rolled-back", (await federation.PlayAsync(c => federation.Input(_ =>
                c == federation.Clients[0] ? 0x7FFF_FFFFu : 1))).End.Reason);
        }

        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        Assert.Contains("not the last one adopted", federation.FindingAfter(fact =>
            fact is RoundStarted { Round: 2 } started ? started with { Model = new string('a', 64) } : fact));
        Assert.Contains("not the last one adopted", federation.FindingAfter(fact =>
            fact is StudyEnded ended ? ended with { Model = new string('a', 64) } : fact));
        Assert.Contains("do not say why", federation.FindingAfter(fact => fact is RoundRolledBack rolled
            ? rolled with { Checks = rolled.Checks with { UpdateNorm = 0 } } : fact));
        Assert.Contains("does not follow", federation.FindingAfter(fact => fact is RoundRolledBack rolled
            ? rolled with { Checks = rolled.Checks with { NormBound = 0.1 } } : fact));
        Assert.Contains("should have refused", federation.FindingAfter(fact => fact is RoundRolledBack rolled
            ? new RoundCompleted(rolled.Study, rolled.Round, rolled.Attempt, rolled.Included, rolled.Excluded,
                federation.Plan.InitialModel, "", rolled.Checks) : fact));
    }

    [Fact]
    public void A_record_that_cannot_follow_stops_the_replay_with_its_number()
    {
        var time = new ManualTime();
        using var storage = new MemoryStorage();
        using (var journal = Journal.Open(storage, time))
        {
            var (type, body) = FactCodec.Write(new ClientRevoked("nobody"));
            journal.Append(new JournalEntry("server", type, body));
            var fault = Assert.Throws<FedMetaException>(() => FactJournal.Open(new MemoryStorage(storage.ToArray()),
                time));
            Assert.Equal(ExitCode.JournalDamaged, fault.Code);
            Assert.Contains("record 1", fault.What);
        }
    }

    [Theory]
    [InlineData("study.started", "{\"study\":\"s\",\"approved\":[null]}")]
    [InlineData("study.started", "{\"study\":\"s\",\"approved\":null}")]
    [InlineData("round.aborted", "{\"study\":\"s\",\"round\":1,\"attempt\":1,\"reason\":\"r\",\"phase\":\"idle\",\"excluded\":{\"a\":null}}")]
    public void A_record_that_holds_nothing_where_a_value_must_be_is_no_record(string type, string body)
    {
        using var json = System.Text.Json.JsonDocument.Parse(body);
        Assert.Null(FactCodec.Read(type, json.RootElement));

        using var whole = System.Text.Json.JsonDocument.Parse(
            body.Replace("[null]", "[\"a\"]").Replace(":null}}", ":\"b\"}}").Replace("\"approved\":null", "\"approved\":[]"));
        Assert.NotNull(FactCodec.Read(type, whole.RootElement));
    }
}

using System.Text;
using FedMeta.Server.Audit;
using FedMeta.Server.Reports;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Rounds;

public sealed class RollBackTests
{
    [Fact]
    public async Task A_poisoned_sum_changes_no_model_and_is_charged()
    {
        await using var federation = await Federation.WithStudyAsync();
        var end = await PlayAsync(federation, poisoned: true);
        Assert.False(end.End.Completed);
        Assert.Equal("rolled-back", end.End.Reason);
        Assert.Equal(Federation.Size, end.End.Included.Count);
        var rolled = Assert.IsType<RoundOutcome.RolledBack>(federation.Study.Rounds[0].Outcome);
        Assert.Equal(RollBacks.NormUnexplained, rolled.Reason);
        Assert.True(rolled.Checks.UpdateNorm > rolled.Checks.NormBound);

        // The last of two rounds starts from what the first one started from.
        Assert.True((await PlayAsync(federation, poisoned: false)).End.Completed);
        var state = await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        var study = state.Studies.Values.Single();
        Assert.Equal(federation.Plan.InitialModel, study.Rounds[1].Model);
        Assert.Equal((2, 1), (study.PlayedRounds, study.CompletedRounds));
        Assert.Equal("all 2 rounds played, 1 of them rolled back", study.Ended!.Value.Reason);

        var report = Report(federation, "privacy", "json");
        Assert.Contains("\"attempts_charged\": 2", report);
        Assert.Contains("rolled back: norm-unexplained", report);
        Assert.Contains("rolled back", Report(federation, "participation", "html"));
        Assert.Contains("Round 1 rolled back: the mean", Report(federation, "study", "html"));
        Assert.Null(JournalAudit.Run(federation.Lines(), Encoding.UTF8.GetBytes(report)).Finding);
    }

    [Fact]
    public async Task Three_rounds_rolled_back_in_a_row_pause_the_study_until_the_operator_resumes_it()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 6));
        for (var round = 0; round < StudyProspects.MaxRolledBackInARow; round++)
            Assert.False((await PlayAsync(federation, poisoned: true)).End.Completed);
        var state = await federation.UntilAsync(s => s.Studies.Values.Single().Standing == StudyStanding.Paused);
        Assert.Contains("3 rounds in a row were rolled back", state.Studies.Values.Single().PauseReason);
        Assert.Contains("Paused by the coordinator", Report(federation, "study", "html"));

        federation.Journal.Record(FactJournal.OperatorActor, new OperatorAction("resume", federation.Study.Hash));
        Assert.False((await PlayAsync(federation, poisoned: true)).End.Completed);
        Assert.True((await PlayAsync(federation, poisoned: false)).End.Completed);
        Assert.False((await PlayAsync(federation, poisoned: true)).End.Completed);
        state = await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        var study = state.Studies.Values.Single();
        Assert.Equal((6, 1), (study.PlayedRounds, study.CompletedRounds));
        Assert.Null(JournalAudit.Run(federation.Lines(), null).Finding);
    }

    [Fact]
    public async Task A_crash_before_the_roll_back_is_on_record_keeps_the_model_and_the_charge()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        Assert.False((await PlayAsync(federation, poisoned: true)).End.Completed);
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        await federation.Host.DisposeAsync();
        CutBefore("round.rolled-back", Path.Combine(federation.Home.Journal, "journal.jsonl"));
        await federation.ServeAsync();
        foreach (var client in federation.Clients)
            client.Reconnect(federation.Address);

        var aborted = Assert.IsType<RoundOutcome.Aborted>(federation.Study.Rounds[0].Outcome);
        Assert.Equal(RoundOutcome.ServerRestarted, aborted.Reason);
        Assert.Equal(federation.Plan.InitialModel,
            federation.Study.LastCompleted?.Model ?? federation.Plan.InitialModel);
        Assert.Equal(Federation.Size, federation.Study.Rounds[0].Inputs.Count);
        Assert.Null(JournalAudit.Run(federation.Lines(), null).Finding);
    }

    [Fact]
    public async Task A_crash_between_the_third_roll_back_and_the_pause_pauses_after_the_restart()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 6));
        for (var round = 0; round < StudyProspects.MaxRolledBackInARow; round++)
            await PlayAsync(federation, poisoned: true);
        await federation.UntilAsync(s => s.Studies.Values.Single().Standing == StudyStanding.Paused);
        await federation.Host.DisposeAsync();
        CutBefore("study.paused", Path.Combine(federation.Home.Journal, "journal.jsonl"));
        await federation.ServeAsync();
        var state = await federation.UntilAsync(s => s.Studies.Values.Single().Standing == StudyStanding.Paused);
        Assert.Equal(3, state.Studies.Values.Single().Rounds.Count);
    }

    private static Task<Protocol.V1.Instruction> PlayAsync(Federation federation, bool poisoned) => federation.PlayAsync(
        c => federation.Input(_ => poisoned && c == federation.Clients[0] ? 0x7FFF_FFFFu : 1));

    private static string Report(Federation federation, string kind, string format) => Encoding.UTF8.GetString(
        federation.Host.Services.GetRequiredService<ReportDesk>().Make(federation.Study, kind, format)!);

    private static void CutBefore(string type, string file)
    {
        var lines = File.ReadAllLines(file);
        var last = Array.FindLastIndex(lines, l => l.Contains($"\"{type}\"", StringComparison.Ordinal));
        Assert.True(last > 0, $"{type} is not on record");
        File.WriteAllText(file, string.Concat(lines.Take(last).Select(l => l + "\n")));
    }
}

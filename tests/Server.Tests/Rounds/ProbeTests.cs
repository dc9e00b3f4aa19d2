using System.Security.Cryptography;
using System.Text;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Server.Audit;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Rounds;

public sealed class ProbeTests
{
    // The label is the sign of column a.
    private static readonly byte[] Rows = Encoding.UTF8.GetBytes("b,label,a\n0,1,1\n0,0,-1\n1,1,2\n,0,-2\n");

    [Fact]
    public async Task A_model_that_is_worse_on_the_probe_set_is_not_adopted_though_its_norm_is_right()
    {
        await using var federation = await FederationAsync(rounds: 4);
        Assert.True((await PlayAsync(federation, towards: -1)).End.Completed);
        Assert.Equal("rolled-back", (await PlayAsync(federation, towards: 1)).End.Reason);
        Assert.True((await PlayAsync(federation, towards: -1)).End.Completed);
        Assert.True((await PlayAsync(federation, towards: -1)).End.Completed);
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);

        var outcomes = federation.Study.Rounds.Select(r => (RoundOutcome.Opened)r.Outcome!).ToList();
        var rolled = Assert.IsType<RoundOutcome.RolledBack>(outcomes[1]);
        Assert.Equal(RollBacks.ProbeLossWorse, rolled.Reason);
        Assert.True(rolled.Checks.UpdateNorm <= rolled.Checks.NormBound);
        Assert.Equal(outcomes[0].Checks.ProbeLoss, rolled.Checks.ProbeBest);
        Assert.Equal(federation.Study.Rounds[1].Model, federation.Study.Rounds[2].Model);
        Assert.True(outcomes[3].Checks.ProbeLoss < outcomes[0].Checks.ProbeLoss);
        Assert.Null(JournalAudit.Run(federation.Lines(), null).Finding);
        Assert.Contains(federation.Journal.State.Activities, a => a.Text.Contains("the probe loss would be",
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_audit_finds_a_model_that_was_adopted_without_its_probe()
    {
        await using var federation = await FederationAsync(rounds: 1);
        Assert.True((await PlayAsync(federation, towards: -1)).End.Completed);
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        Assert.Contains("should have refused", federation.FindingAfter(fact => fact is RoundCompleted completed
            ? completed with { Checks = completed.Checks with { ProbeLoss = null, ProbeBest = null } }
            : fact));
    }

    [Fact]
    public async Task A_probe_set_that_was_lost_is_named_and_holds_the_study_until_it_is_back()
    {
        await using var federation = await FederationAsync(rounds: 1);
        var path = Path.Combine(federation.Home.Models, Sha256Digest.Of(Rows) + ".probe.csv");
        Assert.Equal(Rows, File.ReadAllBytes(path));
        File.WriteAllText(path, "damaged");
        var playing = PlayAsync(federation, towards: -1);
        while (!federation.Log.Errors.Any(e => e.Contains("probe.csv is damaged", StringComparison.Ordinal)))
        {
            Assert.False(playing.IsCompleted, "a model was made without the probe set");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        while (federation.Study.Rounds[0].Outcome is null)
        {
            federation.Time.Advance(RoundCoordinator.FaultPause);
            await Task.WhenAny(federation.Journal.ChangedSince(federation.Journal.State),
                Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        Assert.Equal(RoundOutcome.CoordinatorFault, ((RoundOutcome.Aborted)federation.Study.Rounds[0].Outcome!).Reason);
        Assert.Equal(RoundOutcome.CoordinatorFault, (await playing).End.Reason);

        // The sum had been released before the fault.
        Assert.Equal(Federation.Size, federation.Study.Rounds[0].Sums[0].Clients.Count);
    }

    [Theory]
    [InlineData("", "a,b,label\n1,2,1\n", "the study names no probe set")]
    [InlineData("named", "", "give the file with --probe")]
    [InlineData("other", "a,b,label\n1,2,1\n", "and the file given is")]
    [InlineData("named", "a,b,label\n", "it has no rows")]
    [InlineData("named", "a,label\n1,1\n", "there is no column b")]
    [InlineData("named", "a,b,label\n1,2,1\n1,2\n", "line 3 has 2 cells")]
    [InlineData("named", "a,b,label\n1,x,1\n", "line 2, column b: not a number")]
    [InlineData("named", "a,b,label\n1,2,\n", "line 2, column label: not a number")]
    [InlineData("named", "a,b,label\n1,2,3\n", "the label is none that the model predicts")]
    [InlineData("named", "a,b,label\n\"1\",2,1\n", "line 2 has a quote")]
    public async Task A_wrong_or_missing_probe_set_is_refused_with_the_reason(string named, string rows, string problem)
    {
        await using var federation = await Federation.StartAsync();
        for (var i = 0; i < Federation.Size; i++)
            await federation.JoinAsync($"Hospital {i}");
        var bytes = Encoding.UTF8.GetBytes(rows);
        var hash = named switch
        {
            "named" => bytes.Length == 0 ? new string('a', 64) : Sha256Digest.Of(bytes).ToString(),
            "other" => new string('a', 64),
            _ => "",
        };
        var (document, problems) = federation.Host.Services.GetRequiredService<StudyDesk>().Propose(Draft(1, hash), bytes);
        Assert.Null(document);
        Assert.Contains(problem, Assert.Single(problems));
    }

    private static async Task<Federation> FederationAsync(int rounds)
    {
        var federation = await Federation.StartAsync();
        for (var i = 0; i < Federation.Size; i++)
            await federation.JoinAsync($"Hospital {i}");
        var (_, problems) = federation.Host.Services.GetRequiredService<StudyDesk>()
            .Propose(Draft(rounds, Sha256Digest.Of(Rows).ToString()), Rows);
        Assert.Empty(problems);
        federation.AdoptStudy();
        foreach (var client in federation.Clients)
            Assert.True((await client.DecideAsync(federation.Plan)).Accepted);
        return federation;
    }

    private static byte[] Draft(int rounds, string probe) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(Drafts.Sound(rounds)).Replace("outer = \"adam\"", "outer = \"sgd\"\nouter_rate = 0.2",
            StringComparison.Ordinal) + $"\n[checks]\nprobe = \"{probe}\"\nprobe_tolerance = 0.05\n");

    // Every hospital sends all the gradients that its clip allows, along the weight of column a.
    private static Task<Protocol.V1.Instruction> PlayAsync(Federation federation, int towards) => federation.PlayAsync(_ =>
    {
        var plan = federation.Plan.Mechanism;
        using var random = RandomNumberGenerator.Create();
        using var encoder = new ContributionEncoder(plan,
            Convert.FromBase64String(federation.Study.Rounds[^1].RotationSeed), NoiseShare.Draw(plan, random), random);
        for (var k = 0; k < plan.Request.MaxContributionsPerClient; k++)
            encoder.Add([towards, 0, 0]);
        return Array.ConvertAll(encoder.Finish(), residue => checked((uint)residue));
    });
}

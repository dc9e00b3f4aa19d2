using System.Collections.Immutable;
using FedMeta.SecureAgg;
using FedMeta.Server.Audit;
using FedMeta.Server.Models;
using FedMeta.Server.Reports;
using FedMeta.Server.Reports.Privacy;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Rounds;

/// <summary>Rounds of several groups at a time, over the wire.</summary>
public sealed class BucketRoundTests
{
    private static readonly Dictionary<string, AggregationPhase> Nobody = [];

    private static byte[] Draft(int rounds = 1, string combine = "coordinate-median") => Drafts.Sound(rounds,
        extra: $"""
            robust = "buckets"
            combine = "{combine}"
            """);

    // Of either sign, and short enough for an honest hospital.
    private static uint Entry(string client, int index) => unchecked((uint)((int)(client[^1] * 2_654_435_761u
        + client[^2] * 97_000_001u + (uint)index * 40_503) / 4096));

    private static FreeRound Round(
        Federation federation, IReadOnlyDictionary<string, AggregationPhase>? vanish = null) =>
        new(federation, c => federation.Input(i => Entry(c.Id, i)), vanish ?? Nobody);

    [Fact]
    public async Task A_study_of_three_groups_gives_the_models_of_the_clear_group_sums_and_an_audit_that_holds()
    {
        await using var federation = await Federation.WithStudyAsync(Draft(rounds: 2), size: 16);
        Assert.Equal((6, 4), (federation.Plan.Aggregation.MaxClients, federation.Plan.Aggregation.Threshold));
        Assert.Equal(6, federation.Plan.Mechanism.Request.MaxClients);
        for (var round = 1; round <= 2; round++)
        {
            var ends = await Round(federation).PlayAsync();
            Assert.Equal(16, ends.Count);
            Assert.All(ends.Values, end => Assert.True(end.Completed, end.Reason));
            var entry = federation.Study.Rounds[round - 1];
            Assert.Equal([1, 2, 3], entry.Sums.Keys);
            Assert.Equal([5, 5, 6], entry.Sums.Values.Select(s => s.Clients.Count).Order());
            var completed = Assert.IsType<RoundOutcome.Completed>(entry.Outcome);
            Assert.Equal(16, completed.Included.Count);
            Assert.Equal(Expected(federation, entry), completed.Model);
        }

        var (first, second) = (federation.Study.Rounds[0], federation.Study.Rounds[1]);
        Assert.NotEqual(first.Sums.Values.Select(s => string.Join(',', s.Clients)),
            second.Sums.Values.Select(s => string.Join(',', s.Clients)));
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        Assert.Empty(federation.Log.Errors);

        var report = Audited(federation, out var result);
        Assert.Equal((16, 32, 6), (result.Decisions, result.Spends, result.Sums));
        var crowd = report.Participation.Crowd;
        Assert.Equal((16, 3, 5, 6, "coordinate-median"),
            (crowd.Members, crowd.SumsPerRound, crowd.Smallest, crowd.Largest, crowd.Combine));
        Assert.Contains("not among all 16", crowd.Sentence);
        Assert.All(report.Participation.Rounds, line => Assert.Equal((16, 3, 16, 4),
            (line.Roster, line.Sums, line.Included, line.Honest)));
        var page = federation.Host.Services.GetRequiredService<ReportDesk>()
            .StudyPage(federation.Study, null).ToString();
        Assert.Contains("roster of group 3 in record", page);
        Assert.Contains("Round 2, group 1: 5 inputs arrived", page.Replace("6 inputs", "5 inputs",
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_group_below_its_threshold_is_dropped_and_the_others_make_the_model()
    {
        await using var federation = await Federation.WithStudyAsync(Draft(combine: "trimmed-mean"), size: 20);
        var group = Groups(federation)[1];
        var gone = group.Members.Take(2).ToDictionary(c => c, _ => AggregationPhase.CollectMaskedInput);
        var ends = await Round(federation, gone).PlayAsync();
        Assert.All(ends.Values, end => Assert.True(end.Completed, end.Reason));
        var entry = federation.Study.Rounds[0];
        var completed = Assert.IsType<RoundOutcome.Completed>(entry.Outcome);
        Assert.Equal([1, 3, 4], entry.Sums.Keys);
        Assert.Equal(15, completed.Included.Count);
        Assert.Empty(completed.Included.Intersect(group.Members));
        Assert.Equal(group.Members, completed.Excluded.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("quorum-missed", Assert.Single(entry.DroppedGroups).Value.Reason);
        Assert.Equal(Expected(federation, entry), completed.Model);
        var report = Audited(federation, out var result);
        Assert.Equal(3, result.Sums);
        Assert.Contains(report.Deviations.Items, d => d.Text.Contains("group 2 gave no sum", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hospital_that_vanishes_is_missed_in_its_own_group_alone()
    {
        await using var federation = await Federation.WithStudyAsync(Draft(combine: "geometric-median"), size: 15);
        var gone = Groups(federation)[2].Members[0];
        await Round(federation, new Dictionary<string, AggregationPhase>
        {
            [gone] = AggregationPhase.CollectMaskedInput,
        }).PlayAsync();
        var entry = federation.Study.Rounds[0];
        var completed = Assert.IsType<RoundOutcome.Completed>(entry.Outcome);
        Assert.Equal([5, 5, 4], entry.Sums.Values.Select(s => s.Clients.Count));
        Assert.Equal([gone], completed.Excluded.Keys);
        Assert.Equal(Expected(federation, entry), completed.Model);
        Assert.Equal(3, Audited(federation, out _).Participation.Rounds[0].Honest);
    }

    [Fact]
    public async Task A_group_whose_mean_honest_hospitals_cannot_explain_is_left_out_and_said_so()
    {
        await using var federation = await Federation.WithStudyAsync(Draft(), size: 15);
        var liar = Groups(federation)[1].Members[3];
        await new FreeRound(federation, c => federation.Input(i => c.Id == liar ? 1u << 30 : Entry(c.Id, i)), Nobody)
            .PlayAsync();
        var entry = federation.Study.Rounds[0];
        var completed = Assert.IsType<RoundOutcome.Completed>(entry.Outcome);
        Assert.Equal([true, false, true], completed.Checks.Groups!.Select(g => g.IsExplained));
        Assert.True(completed.Checks.UpdateNorm < completed.Checks.NormBound);
        var report = Audited(federation, out _);
        Assert.Contains(report.Deviations.Items, d => d.Text.Contains("group 2 was left out", StringComparison.Ordinal));
        Assert.Contains("not that of its groups", federation.FindingAfter(f => f is RoundCompleted c
            ? c with { Checks = c.Checks with { NormBound = 2 * c.Checks.NormBound } }
            : f));
        Assert.Contains("adopted a sum that its checks should have refused", federation.FindingAfter(f =>
            f is RoundCompleted c
                ? c with
                {
                    Checks = c.Checks with { Groups = [.. c.Checks.Groups!.Select(g => g with { Norm = 1e9 })] },
                }
                : f));
        Assert.Contains("not every group's sum was checked", federation.FindingAfter(f => f is RoundCompleted c
            ? c with { Checks = c.Checks with { Groups = [.. c.Checks.Groups!.Take(2)] } }
            : f));
    }

    [Fact]
    public async Task With_too_few_groups_the_attempt_is_aborted_charged_and_drawn_anew()
    {
        await using var federation = await Federation.WithStudyAsync(Draft(), size: 15);
        var group = Groups(federation)[0];
        var gone = group.Members.Take(2).ToDictionary(c => c, _ => AggregationPhase.CollectMaskedInput);
        var ends = await Round(federation, gone).PlayAsync();
        Assert.All(ends.Values, end => Assert.Equal(RoundOutcome.TooFewGroups, end.Reason));
        var entry = federation.Study.Rounds[0];
        Assert.IsType<RoundOutcome.Aborted>(entry.Outcome);
        Assert.Equal([2, 3], entry.Sums.Keys);
        Assert.Equal(13, entry.Inputs.Count);
        var report = Audited(federation, out _);
        Assert.Equal((1, 0), (report.Budget.AttemptsCharged, report.Budget.RoundsCompleted));
        Assert.NotEqual(Text(federation.Plan.Groups(1, 1, entry.Model)),
            Text(federation.Plan.Groups(1, 2, entry.Model)));
    }

    [Fact]
    public void A_draw_in_vain_costs_no_try_unless_hospitals_had_paid_for_it()
    {
        static RoundEntry Attempt(int number, string reason, bool paid)
        {
            var entry = new RoundEntry(1, number, default, "", "", 0, [])
            {
                Outcome = new RoundOutcome.Aborted(default, reason, "", new Dictionary<string, string>()),
            };
            return paid ? entry with { Inputs = entry.Inputs.Add("a", new InputEntry(default, "", "", 1)) } : entry;
        }

        var study = new StudyEntry("", "", "", default)
        {
            Rounds =
            [
                Attempt(1, RoundOutcome.TooFewGroups, paid: true), Attempt(2, RoundOutcome.TooFewGroups, paid: false),
                Attempt(3, RoundOutcome.TooFewGroups, paid: false),
            ],
        };
        Assert.Equal((1, 2), (study.AbortedInARow, study.DrawnInVainInARow));
        study = study with { Rounds = study.Rounds.Add(Attempt(4, "quorum-missed", paid: true)) };
        Assert.Equal((2, 0), (study.AbortedInARow, study.DrawnInVainInARow));
    }

    [Fact]
    public async Task A_draw_that_leaves_too_few_groups_is_told_to_nobody_and_charged_to_nobody()
    {
        await using var federation = await Federation.WithStudyAsync(Draft(), size: 15);
        var plan = federation.Plan;
        var groups = Groups(federation);
        List<RoundPlan> sums = [.. groups.Select(g => new RoundPlan(federation.Study.Hash, plan, 1, 1, g,
            [.. g.Members.Skip(g.Number == 3 ? 1 : 0)], RoundAnnouncer.Context(federation.Study.Hash, plan, 1, 1,
                plan.InitialModel, 1, new byte[32], g), plan.Deadline))];
        var open = new OpenRound([.. sums.Select(s => new RoundAttempt(s, federation.Journal, new Silence(),
            federation.Time))], plan.NeededSums);
        Assert.Empty(open.Announced);
        var tally = await open.RunAsync(federation.Time.GetUtcNow() + plan.Deadline, CancellationToken.None);
        Assert.Equal(RoundOutcome.TooFewGroups, tally.Failure!.Reason);
        Assert.Empty(tally.Opened);
        Assert.Equal(14, tally.Excluded.Count);
    }

    [Fact]
    public async Task A_journal_that_moves_a_hospital_into_another_group_or_leaves_a_sum_out_is_found()
    {
        await using var federation = await Federation.WithStudyAsync(Draft(), size: 15);
        await Round(federation).PlayAsync();
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        var stranger = Groups(federation)[0].Members[0];
        Assert.Contains("does not belong", federation.FindingAfter(f => f is RoundRoster { Group: 2 } r
            ? r with { Clients = [.. r.Clients.Append(stranger)] }
            : f));
        Assert.Contains("has no group 4", federation.FindingAfter(f => f is RoundRoster { Group: 3 } r
            ? r with { Group = 4 }
            : f));
        Assert.Contains("fewer hospitals than the threshold signed", federation.FindingAfter(f => f switch
        {
            RoundSurvivors { Group: 2 } s => s with { Group = 3 },
            RoundSurvivors { Group: 3 } s => s with { Group = 2 },
            _ => f,
        }));
        Assert.Contains("are not the survivors", federation.FindingAfter(f => f is RoundSurvivors { Group: 3 } ? null : f));
    }

    [Fact]
    public void The_planner_and_the_draw_agree_on_the_groups_sizes()
    {
        for (var members = 15; members <= 60; members++)
        {
            var terms = new Protocol.AggregationTerms(4, 5, 3, 32, Protocol.AggregationTerms.Buckets);
            var layout = GroupLayout.Of(members, terms.BucketSize);
            Assert.Equal((layout.Count, layout.Smallest, layout.Largest),
                (terms.Sums(members), terms.SmallestSum(members), terms.LargestSum(members)));
        }
    }

    private static IReadOnlyList<RoundGroup> Groups(Federation federation) =>
        federation.Plan.Groups(1, 1, federation.Plan.InitialModel);

    private static string Text(IEnumerable<RoundGroup> groups) =>
        string.Join('|', groups.Select(g => string.Join(',', g.Members)));

    private static PrivacyReport Audited(Federation federation, out AuditResult result)
    {
        var report = federation.Host.Services.GetRequiredService<ReportDesk>()
            .Make(federation.Study, "privacy", "json")!;
        using var lines = federation.Lines();
        result = JournalAudit.Run(lines, report);
        Assert.Null(result.Finding);
        return System.Text.Json.JsonSerializer.Deserialize(report, ReportJson.Default.PrivacyReport)!;
    }

    // The same step over sums that are added in the clear, group by group: equal hashes mean exact sums.
    private static string Expected(Federation federation, RoundEntry entry)
    {
        var plan = federation.Plan;
        var seed = Convert.FromBase64String(entry.RotationSeed);
        var sums = plan.Groups(entry.Round, entry.Attempt, entry.Model).Where(g => entry.Sums.ContainsKey(g.Number))
            .Select(group =>
            {
                var included = entry.Sums[group.Number].Clients;
                var sum = new uint[plan.Mechanism.PaddedDimension];
                foreach (var client in included)
                {
                    for (var i = 0; i < sum.Length; i++)
                        sum[i] = unchecked(sum[i] + Entry(client, i));
                }

                var context = RoundAnnouncer.Context(federation.Study.Hash, plan, entry.Round, entry.Attempt,
                    entry.Model, entry.Expiry, seed, group);
                return (new RoundPlan(federation.Study.Hash, plan, entry.Round, entry.Attempt, group, group.Members,
                    context, plan.Deadline), new RoundResult.Summed(Array.ConvertAll(sum, v => (ulong)v),
                    new AggregationReceipt(context.Id, new byte[32], included, []),
                    ImmutableDictionary<string, string>.Empty));
            }).ToList();
        var optimizer = federation.Study.Rounds.Where(r => r.Round < entry.Round).Select(r => r.Outcome)
            .OfType<RoundOutcome.Completed>().LastOrDefault()?.Optimizer;
        return Assert.IsType<StepResult.Adopted>(new ModelStep(new ModelStore(federation.Home.Models)).Step(plan,
            entry.Model, optimizer, sums[0].Item1, sums, seed)).Model;
    }

    private sealed class Silence : IRoundPost
    {
        public void Send(string client, RoundPlan plan, Protocol.V1.Instruction body, DateTimeOffset deadline) =>
            Assert.Fail($"{client} was told {body.BodyCase}");

        public void PhaseChanged(RoundPlan plan)
        {
            // Nobody watches.
        }
    }
}

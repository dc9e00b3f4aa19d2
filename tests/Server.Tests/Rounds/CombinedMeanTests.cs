using System.Collections.Immutable;
using System.Security.Cryptography;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.SecureAgg;
using FedMeta.Server.Models;
using FedMeta.Server.Rounds;
using FedMeta.Server.Studies;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Rounds;

/// <summary>The step from opened sums to one mean, against sums whose decoding is a known multiple of one
/// vector.</summary>
public sealed class CombinedMeanTests
{
    private const int Tasks = 10;
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static StudyPlan Plan(int members, string extra)
    {
        var reading = StudyDraft.Read(Drafts.Sound(extra: extra));
        Assert.Empty(reading.Problems);
        var (numbers, problems) = StudyPlanner.Derive(reading.Value!, members);
        Assert.Empty(problems);
        var keys = Enumerable.Range(0, members).Select(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256)).ToList();
        var document = StudyDocument.Create(reading.Value!,
            [.. keys.Select((key, i) => new StudyMember($"site-{i:00}", "x", key.ExportSubjectPublicKeyInfo()))],
            StudyPlanner.Table(numbers!.Mechanism), Sha256Digest.Of("model"u8));
        keys.ForEach(key => key.Dispose());
        Assert.Empty(document.Problems);
        return new StudyPlan(document.Value!, numbers);
    }

    private static ulong[] Residues(StudyPlan plan, int factor) =>
        [.. Enumerable.Range(0, plan.Mechanism.PaddedDimension)
            .Select(i => ModularRing.Reduce(factor * (1000 + (77 * i)), plan.Mechanism.Request.RingBits))];

    // One sum for each entry: inputs in it, and the multiple of the base vector that each of them stands for.
    private static CombinedMean Combine(StudyPlan plan, params (int Inputs, int Factor)[] sums)
    {
        var model = new string('a', 64);
        var groups = plan.Groups(1, 1, model);
        return CombinedMean.Of(plan, [.. sums.Select((sum, i) =>
        {
            var group = groups[i];
            var context = RoundAnnouncer.Context(plan.Document.Hash.ToString(), plan, 1, 1, model, 1, Seed, group);
            IReadOnlyList<string> included = [.. group.Members.Take(sum.Inputs)];
            return (new RoundPlan(plan.Document.Hash.ToString(), plan, 1, 1, group, group.Members, context,
                plan.Deadline), new RoundResult.Summed(Residues(plan, sum.Inputs * sum.Factor),
                new AggregationReceipt(context.Id, new byte[32], included, []),
                ImmutableDictionary<string, string>.Empty));
        })], Seed);
    }

    private static void IsMultiple(StudyPlan plan, double factor, double[]? values)
    {
        var one = new AggregateDecoder(plan.Mechanism, Seed).Decode(Residues(plan, 1)).Sum;
        Assert.NotNull(values);
        for (var i = 0; i < one.Length; i++)
            Assert.Equal(factor * one[i], values[i], Math.Abs(one[i]) * 1e-9);
    }

    [Fact]
    public void Without_groups_the_sum_is_divided_by_the_tasks()
    {
        var plan = Plan(6, "");
        var mean = Combine(plan, (6, 1));
        IsMultiple(plan, 6.0 / Tasks, mean.Values);
        var units = plan.Mechanism.Scale * Tasks;
        Assert.Equal(6 * (double)plan.Mechanism.LocalVariance / (units * units), mean.NoiseVariance, 1e-12);
        Assert.Null(mean.Checks.Groups);
    }

    /// <summary>What the optimiser takes out of its second moment is what the hospitals' noise leaves in every
    /// coordinate, turned back.</summary>
    [Fact]
    public void The_variance_that_the_optimiser_is_told_is_the_one_of_the_opened_mean()
    {
        var plan = Plan(6, "");
        const int rounds = 2000, hospitals = 5;
        using var random = System.Security.Cryptography.RandomNumberGenerator.Create();
        var squares = new double[plan.Mechanism.Request.Dimension];
        for (var round = 0; round < rounds; round++)
        {
            var sum = new ulong[plan.Mechanism.PaddedDimension];
            for (var hospital = 0; hospital < hospitals; hospital++)
            {
                using var noise = NoiseShare.Draw(plan.Mechanism, random);
                using var encoder = new ContributionEncoder(plan.Mechanism, Seed, noise, random);
                encoder.Add(new double[squares.Length]);
                var residues = encoder.Finish();
                for (var i = 0; i < sum.Length; i++)
                    sum[i] = unchecked(sum[i] + residues[i]) & ((1UL << plan.Mechanism.Request.RingBits) - 1);
            }

            var mean = ReleasedMean.Of(plan.Mechanism, sum, hospitals, Tasks, Seed).Values;
            for (var i = 0; i < squares.Length; i++) squares[i] += mean[i] * mean[i] / rounds;
        }

        var told = Combine(plan, (hospitals, 1)).NoiseVariance;
        foreach (var measured in squares) Assert.InRange(measured / told, 0.8, 1.2);
        Assert.InRange(squares.Average() / told, 0.9, 1.1);
    }

    [Theory]
    [InlineData("coordinate-median", 2)]
    [InlineData("trimmed-mean", 2)]
    [InlineData("geometric-median", 2)]
    public void Each_groups_mean_counts_as_if_all_members_were_like_its_own(string combine, double factor)
    {
        var plan = Plan(15, $"robust = \"buckets\"\ncombine = \"{combine}\"");
        IsMultiple(plan, factor * 15 / Tasks, Combine(plan, (5, -3), (5, 2), (4, 3)).Values);
        IsMultiple(plan, factor * 15 / Tasks, Combine(plan, (5, 3), (4, 2), (5, 1)).Values);
    }

    [Fact]
    public void The_noise_of_the_mean_is_that_of_all_inputs_over_the_tasks_when_all_are_there()
    {
        var plan = Plan(15, "robust = \"buckets\"");
        var mean = Combine(plan, (5, 1), (5, 1), (5, 1));
        var units = plan.Mechanism.Scale * Tasks;
        var expected = 15 * (double)plan.Mechanism.LocalVariance / (units * units);
        Assert.Equal(expected, mean.NoiseVariance, expected * 1e-9);
    }

    // docs/proofs/buckets-privacy.md: the deviation of the mean grows by sqrt((t_all - c) / (t - c)).
    [Fact]
    public void Groups_cost_the_noise_that_the_proof_says_and_no_more_epsilon()
    {
        var groups = Plan(20, "robust = \"buckets\"");
        var draft = System.Text.Encoding.UTF8.GetString(Drafts.Sound())
            .Replace("threshold = 4", "threshold = 14", StringComparison.Ordinal)
            .Replace("min_peers = 5", "min_peers = 14", StringComparison.Ordinal);
        var terms = StudyDraft.Read(System.Text.Encoding.UTF8.GetBytes(draft)).Value!;
        var all = StudyPlanner.Derive(terms, 20).Numbers!.Mechanism;
        var ratio = Math.Sqrt((double)groups.Mechanism.LocalVariance / (double)all.LocalVariance)
            * all.Scale / groups.Mechanism.Scale;
        Assert.Equal(Math.Sqrt(13.0 / 3), ratio, 0.01);
        var excess = groups.Mechanism.PerRound.ToDouble() / all.PerRound.ToDouble();
        Assert.Equal(1, excess, 1e-6);
        Assert.True(groups.Mechanism.PerRound.Times(terms.Rounds.Count) <= groups.Mechanism.Total);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(7, 1)]
    [InlineData(8, 2)]
    [InlineData(12, 3)]
    public void The_trimmed_mean_leaves_out_a_quarter_and_of_three_at_least_one(int groups, int trim) =>
        Assert.Equal(trim, GroupCombination.Trim(groups));
}

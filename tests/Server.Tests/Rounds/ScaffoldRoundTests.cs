using System.Text;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.Models;
using FedMeta.Server.State;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Rounds;

/// <summary>The coordinator's half of SCAFFOLD.</summary>
public sealed class ScaffoldRoundTests
{
    private const int Parameters = 3;
    private const double Tasks = 10;

    [Fact]
    public async Task The_control_variate_moves_by_the_sum_over_all_hospitals_and_the_optimiser_has_the_rest()
    {
        await using var federation = await Federation.WithStudyAsync(Draft());
        var gone = federation.Clients[2];
        var initial = Load(federation, federation.Plan.InitialModel);
        Assert.Equal(new double[Parameters], initial.Control);

        var end = await federation.PlayAsync(c => federation.Input(i => ClearModel.Entry(c.Id, i)),
            new Dictionary<string, AggregationPhase> { [gone.Id] = AggregationPhase.CollectMaskedInput });
        Assert.True(end.End.Completed, end.End.Reason);
        Assert.Equal(Federation.Size - 1, end.End.Included.Count);
        var sum = SumOf(federation, end.End.Included);
        var model = Load(federation, federation.Study.LastCompleted!.Model);

        // c += 1/N of the sum, whatever the tasks and the optimiser; N counts the hospital that is away.
        for (var i = 0; i < Parameters; i++)
            Assert.Equal(sum[Parameters + i] / Federation.Size, model.Control[i], 1e-12);

        // Adam's first step is its rate in the direction of the sign; it knows of theta alone.
        var adam = ServerOptimizer.Create(federation.Plan.Numbers.Optimizer, Parameters);
        double[] theta = [.. initial.Theta];
        adam.Step(theta, [.. sum[..Parameters].Select(each => each / Tasks)], Noise(federation, 5));
        Assert.Equal(theta, model.Theta);
        Assert.Equal(0.1, model.InnerRates[0]);
    }

    [Fact]
    public async Task Each_hospital_hears_which_attempt_counted_last_with_its_input()
    {
        await using var federation = await Federation.WithStudyAsync(Draft());
        var gone = federation.Clients[2];
        await federation.PlayAsync(c => federation.Input(i => ClearModel.Entry(c.Id, i)),
            new Dictionary<string, AggregationPhase> { [gone.Id] = AggregationPhase.CollectMaskedInput });
        var second = await StartsAsync(federation, round: 2, attempt: 1);

        // An aborted attempt counts for nobody, and a restart of the coordinator forgets nothing.
        await federation.RestartAsync();
        var again = await StartsAsync(federation, round: 2, attempt: 2);
        foreach (var starts in (RoundStart[][])[second, again])
        {
            foreach (var (client, start) in federation.Clients.Zip(starts))
            {
                if (client == gone) Assert.Null(start.Counted);
                else Assert.Equal((1u, 1u), (start.Counted.Round, start.Counted.Attempt));
            }
        }
    }

    [Fact]
    public async Task A_sum_that_was_rolled_back_counts_for_nobody()
    {
        await using var federation = await Federation.WithStudyAsync(Draft());
        var end = await federation.PlayAsync(_ => federation.Input(_ => 0x0FFF_FFFF));
        Assert.Equal("rolled-back", end.End.Reason);
        Assert.All(await StartsAsync(federation, round: 2, attempt: 1), start => Assert.Null(start.Counted));
    }

    // All at a time: a round starts when all hospitals ask for it.
    private static Task<RoundStart[]> StartsAsync(Federation federation, uint round, uint attempt) =>
        Task.WhenAll(federation.Clients.Select(async client =>
        {
            while (true)
            {
                var next = await client.NextAsync();
                if (next.Start is { } start && next.Round.Round == round && next.Round.Attempt == attempt) return start;
            }
        }));

    private static byte[] Draft() => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Drafts.Sound(rounds: 3))
        .Replace("algorithm = \"maml\"", "algorithm = \"scaffold\"", StringComparison.Ordinal)
        .Replace("unit = \"patient\"", "unit = \"site\"", StringComparison.Ordinal));

    private static ModelFile Load(Federation federation, string hash) => ModelFileReader.Read(
        new MemoryStream(new ModelStore(federation.Home.Models).Model(hash))).Model!;

    private static double[] SumOf(Federation federation, IEnumerable<string> included)
    {
        var plan = federation.Plan.Mechanism;
        var sum = new ulong[plan.PaddedDimension];
        foreach (var client in included)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] = (sum[i] + ClearModel.Residue(ClearModel.Entry(client, i), plan.Request.RingBits))
                    & (ulong.MaxValue >> (64 - plan.Request.RingBits));
            }
        }

        var seed = Convert.FromBase64String(federation.Study.Rounds[0].RotationSeed);
        return new AggregateDecoder(plan, seed).Decode(sum).Sum;
    }

    private static double Noise(Federation federation, int inputs)
    {
        var units = federation.Plan.Mechanism.Scale * Tasks;
        return inputs * (double)federation.Plan.Mechanism.LocalVariance / (units * units);
    }
}

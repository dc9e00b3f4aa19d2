using System.Text.Json;
using FedMeta.Simulation.Robust;

namespace FedMeta.Simulation.Tests.Robust;

public sealed class RobustTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Two_cheaters_among_twenty_ruin_one_sum_and_not_the_median_of_groups(int seed)
    {
        using var folder = new TemporaryFolder();
        var report = RobustReport.Play(seed, rounds: 4, folder.Path, Now);
        var (honest, oneSum, buckets) = (report.Runs[0].Final, report.Runs[1].Final, report.Runs[2].Final);
        Assert.True(honest.Accuracy > 0.7, $"{honest}");
        Assert.True(oneSum.Accuracy < honest.Accuracy - 0.15, $"{oneSum} {honest}");
        Assert.True(buckets.Accuracy > honest.Accuracy - 0.05, $"{buckets} {honest}");
        Assert.True(buckets.Auroc > honest.Auroc - 0.05, $"{buckets} {honest}");

        // Every round the one who scales takes its group out, and no honest group goes with it.
        Assert.All(report.Runs[2].Points.Skip(1), p => Assert.Equal((1, "completed"), (p.GroupsLeftOut, p.Outcome)));
        Assert.Equal(0, report.Runs[0].RolledBack);

        var page = RobustPage.Render(report);
        Assert.Contains("<svg", page);
        Assert.DoesNotContain("<script", page);
        Assert.Contains("\"run\":\"attacked, buckets\"", JsonSerializer.Serialize(report));
    }
}

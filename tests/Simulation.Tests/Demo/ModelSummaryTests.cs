using FedMeta.Simulation.Demo.Scores;

namespace FedMeta.Simulation.Tests.Demo;

public sealed class ModelSummaryTests
{
    [Fact]
    public void A_hospital_with_one_held_out_patient_of_a_class_does_not_count_for_the_AUROC()
    {
        SiteScores[] sites = [Site("a", 10, 5, 0.7), Site("b", 10, 2, 0.9), Site("c", 16, 15, 0.1)];
        var summary = ModelSummary.Of("shared", "here", sites);
        Assert.Equal(0.8, summary.Auroc.MacroMean!.Value, 12);
        Assert.Equal(2, summary.Auroc.Hospitals);
        Assert.Equal(3, summary.Accuracy.Hospitals);
    }

    private static SiteScores Site(string name, int patients, int positives, double value) => new(
        name, 20, patients, positives, "none",
        [new Score("shared", value, value, null, null, value, value, value, null, null)]);
}

using System.Text.Json;
using FedMeta.Protocol;

namespace FedMeta.EndToEnd.Tests;

/// <summary>Real processes: each odd hospital is answered in words, and the round is completed for the others.</summary>
public sealed class OddHospitalTests(OddHospitals odd) : IClassFixture<OddHospitals>
{
    [Fact]
    public void The_round_is_completed_with_everybody_whose_data_can_be_read()
    {
        Assert.Equal(("completed", 1), (odd.Last.State, odd.Last.Completed));
        foreach (var name in new[] { "plain-a", "plain-b", "wrong-unit", "one-class", "constant-column", "empty-column" })
            Says(name, $"{OddHospitals.Study} round 1 of 1: completed with 6 hospitals");
        SaysNot("plain-a", "warning");
    }

    [Theory]
    [InlineData("one-class", "warning: every training row has the same label")]
    [InlineData("constant-column", "warning: the column 'chol' has the same value in every row")]
    [InlineData("empty-column", "warning: the column 'age' has no value in any row")]
    public void A_hospital_with_a_warning_reads_it_before_it_approves_and_takes_part(string name, string words)
    {
        Assert.Equal(0, odd.Told[name].ExitCode);
        Assert.Contains(words, odd.Told[name].Output, StringComparison.Ordinal);
        Says(name, "warnings about the data file: 1, see 'fedmeta-client data check'");
    }

    [Theory]
    [InlineData("one-nan", "row 5, column 'age' (number 1) is not a finite number")]
    [InlineData("no-values", "every value of every feature is missing")]
    public void A_file_that_was_spoilt_after_the_approval_keeps_its_hospital_out_and_says_why(
        string name, string words)
    {
        Assert.Equal(0, odd.Told[name].ExitCode);
        Says(name, $"data-unavailable: {words}");
        SaysNot(name, "completed with");
    }

    [Fact]
    public void Five_patients_are_too_few_to_approve_with()
    {
        var told = odd.Told["five-patients"];
        Assert.Equal((int)ExitCode.Data, told.ExitCode);
        Assert.Contains("training rows and 20 are the least", told.Errors, StringComparison.Ordinal);
        Assert.Contains("hint: ", told.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_that_diverges_at_one_hospital_is_said_there_and_counts_as_zero()
    {
        Assert.Equal(("completed", 1), (odd.LastDiverging.State, odd.LastDiverging.Completed));
        Assert.Matches(
            $"{OddHospitals.Diverging} round 1 of 1: trained on [0-9]+ units, of which [0-9]+ were not finite and count as "
            + "zero: the study's learning rate is too large for these rows", odd.Said("wrong-unit"));
        foreach (var name in new[] { "plain-a", "plain-b", "one-class", "constant-column" })
        {
            Says(name, $"{OddHospitals.Diverging} round 1 of 1: completed with 5 hospitals");
            SaysNot(name, "not finite");
        }
    }

    [Theory]
    [InlineData(OddHospitals.Study)]
    [InlineData(OddHospitals.Diverging)]
    public async Task The_others_have_a_model_that_predicts(string study)
    {
        var said = await odd.Site("plain-a").RunAsync(
            ["evaluate", study, "--draws", "0", "--json"], CancellationToken.None);
        var shared = JsonDocument.Parse(said).RootElement.GetProperty("models")[0].GetProperty("evaluation");
        Assert.InRange(shared.GetProperty("loss").GetDouble(), 0.001, 100);
    }

    [Fact]
    public async Task A_study_by_squared_error_is_not_set_beside_one_that_classifies()
    {
        var refused = await odd.Place.ClientAsync(
            "evaluate", OddHospitals.Study, "--beside", OddHospitals.Diverging, "--home", odd.Site("plain-a").Home);
        Assert.Equal((int)ExitCode.Usage, refused.ExitCode);
        Assert.Contains("predicts another kind of outcome", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_coordinator_hears_that_data_are_unavailable_and_nothing_more()
    {
        await odd.Place.Coordinator.RunAsync(
            ["audit", "export", OddHospitals.Study, "-o", odd.Place.At("journal.jsonl")], CancellationToken.None);
        var journal = await File.ReadAllTextAsync(odd.Place.At("journal.jsonl"));
        Assert.Equal(2, journal.Split("withdrew: data-unavailable").Length - 1);
        Assert.DoesNotContain("finite", journal, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", journal, StringComparison.Ordinal);
    }

    private void Says(string name, string words) => Assert.Contains(words, odd.Said(name), StringComparison.Ordinal);

    private void SaysNot(string name, string words) =>
        Assert.DoesNotContain(words, odd.Said(name), StringComparison.Ordinal);
}

using System.Text.Json;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Simulation.Reproduce.Heart;
using FedMeta.Simulation.Reproduce.PatientPrivacy;
using Spectre.Console;

namespace FedMeta.Simulation.Tests.Reproduce;

public sealed class PatientPrivacyTests
{
    private static readonly PrivacySettings TwoRounds = new(Delta: 1e-2, Colluders: 0, Rounds: 2);
    private static readonly Lazy<PatientPrivacyReport> Played = new(Play);

    [Fact]
    public void A_table_can_be_made_again_and_noise_makes_the_seeds_differ()
    {
        var (first, second) = (Played.Value, Play());

        Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(second));
        var gradients = first.Rows[0];
        Assert.Equal(90, gradients.Divisor); // 30 training patients at each of three hospitals
        Assert.Equal(0, gradients.Cells[0].Steps.LogLoss.Deviation);
        Assert.All(gradients.Cells.Skip(1), c => Assert.NotEqual(0, c.Steps.LogLoss.Deviation));
    }

    [Fact]
    public void Every_cell_spends_what_it_claims_and_less_epsilon_takes_more_noise()
    {
        var report = Played.Value;

        foreach (var row in report.Rows)
        {
            PrivacyAccount[] accounts = [.. row.Cells.Skip(1).Select(c => c.Accountant!)];
            Assert.Equal([10, 3, 1], row.Cells.Skip(1).Select(c => c.Epsilon!.Value));
            Assert.All(accounts.Zip(row.Cells.Skip(1)), pair =>
                Assert.InRange(pair.First.Epsilon, 0.99 * pair.Second.Epsilon!.Value, pair.Second.Epsilon.Value));
            Assert.All(accounts, a => Assert.InRange(a.Exact, 0.3 * a.Epsilon, a.Epsilon));
            Assert.True(accounts[0].Sigma < accounts[1].Sigma && accounts[1].Sigma < accounts[2].Sigma);
        }

        // Without a patient a task's vector is another one; a patient's own gradient is gone.
        Assert.Equal(1, report.Rows[0].Cells[1].Accountant!.Sensitivity, 3);
        Assert.Equal(0.5, report.Rows[1].Cells[1].Accountant!.Sensitivity, 3);
        Assert.Null(report.Rows[0].Cells[0].Accountant);
    }

    [Fact]
    public void The_page_shows_the_accountants_line_and_that_a_real_study_needs_a_smaller_delta()
    {
        var report = Played.Value;
        var page = PatientPrivacyPage.Render(report);

        Assert.Contains($"- {report.Rows[0].Name}: {report.Rows[0].Cells[1].Accountant}\n", page,
            StringComparison.Ordinal);
        Assert.Contains("is refused a claim about patients above delta 0.00111", page, StringComparison.Ordinal);
        Assert.All(PrivateForm.All, f => Assert.Contains($"| {f.Name} | ten steps |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Claims_that_no_mechanism_keeps_are_refused_in_words()
    {
        var refused = Assert.Throws<FedMetaException>(() => (TwoRounds with { Colluders = 3 }).Plan(
            PrivateForm.All[0], epsilon: 1, hospitals: 3, dimension: 4, most: 30));
        Assert.Contains("collude", refused.Message, StringComparison.Ordinal);
        Assert.Equal(PrivacyUnit.Patient, TwoRounds.Plan(PrivateForm.All[0], 1, 3, 4, 30).Request.Unit);
    }

    [Fact]
    public void Public_constants_scale_every_row_alike_and_no_patient_moves_them()
    {
        var hospitals = Hospitals();
        var age = Constants().Features[0];
        var sites = HeartSplit.Published(hospitals, Constants());
        foreach (var (site, hospital) in sites.Zip(hospitals))
        {
            var raw = hospital.Patients.Select(hospital.TrainRows).Inputs.Span;
            Assert.Equal((raw[0] - age.Centre) / age.Scale, site.Train.Inputs.Span[0]);
        }

        var other = Constants() with { Features = [new("weight", 0, 1)] };
        var refused = Assert.Throws<FedMetaException>(() => HeartSplit.Published(hospitals, other));
        Assert.Contains("other features", refused.Message, StringComparison.Ordinal);
    }

    private static DataTerms Constants() =>
        new("label", 20, "", [new("age", 50, 10), new("rate", 140, 20), new("flag", 0.5, 0.5)]);

    private static IReadOnlyList<HeartHospital> Hospitals()
    {
        using var folder = new TemporaryFolder();
        return HeartFile.Read(folder.Write("all.csv", SmallHospitals.Csv()), new Dictionary<string, string>());
    }

    private static PatientPrivacyReport Play()
    {
        var hospitals = Hospitals();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        return PatientPrivacyReport.Play(hospitals, null, TwoRounds, seeds: 2, DateTimeOffset.UnixEpoch, console);
    }
}

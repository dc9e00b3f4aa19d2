using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Synthetic;
using FedMeta.Tests.Support;

namespace FedMeta.EndToEnd.Tests;

/// <summary>
/// A study that samples its patients in secret, from the proposal to the audit, with real processes and TLS.
/// </summary>
public sealed class SampledStudyTests(SampledStudyTests.Ended study) : IClassFixture<SampledStudyTests.Ended>
{
    [Fact]
    public void The_study_completes_and_spends_what_it_was_granted_and_no_more()
    {
        Assert.Equal("completed", study.Last.State);
        Assert.Equal(3, study.Last.Completed);
        Assert.InRange(study.Last.EpsilonSpent, 2.9, 3 + 1e-9);
    }

    [Fact]
    public async Task The_audit_holds_from_the_exported_journal_and_the_report_alone()
    {
        var place = study.Place;
        Task Run(params string[] command) => place.Coordinator.RunAsync(command, CancellationToken.None);
        await Run("report", "privacy", "heart-patients", "-o", place.At("report.json"));
        await Run("audit", "export", "heart-patients", "-o", place.At("journal.jsonl"));
        var audit = await place.ServerAsync(
            "audit", "verify", place.At("journal.jsonl"), "--report", place.At("report.json"));
        Assert.True(audit.ExitCode == 0, audit.Output + audit.Errors);

        // A report that claims a smaller cost than the entries say is found out.
        var report = await File.ReadAllTextAsync(place.At("report.json"));
        var rho = JsonDocument.Parse(report).RootElement.GetProperty("budget").GetProperty("rho_spent").GetString()!;
        await File.WriteAllTextAsync(place.At("report.json"), report.Replace($"\"{rho}\"", "\"1\""));
        var forged = await place.ServerAsync(
            "audit", "verify", place.At("journal.jsonl"), "--report", place.At("report.json"));
        Assert.Equal((int)ExitCode.AuditFailed, forged.ExitCode);
    }

    [Fact]
    public async Task Every_hospital_counts_the_same_for_the_study_and_its_own_for_its_patients()
    {
        foreach (var site in study.Sites)
        {
            var ledger = JsonDocument.Parse(
                await site.RunAsync(["ledger", "--json"], CancellationToken.None)).RootElement;
            var line = Assert.Single(ledger.GetProperty("studies").EnumerateArray());
            Assert.Equal(3, line.GetProperty("rounds").GetInt32());
            Assert.Equal(study.Last.EpsilonSpent, line.GetProperty("epsilon").GetDouble(), 9);
            Assert.InRange(ledger.GetProperty("patient_epsilon").GetDouble(), 1, 10);
            await site.RunAsync(["audit", "verify"], CancellationToken.None);
        }
    }

    [Fact]
    public async Task What_the_hospital_approved_said_what_it_would_cost_and_what_is_left_if_all_others_collude()
    {
        var shown = JsonDocument.Parse(await study.Sites[0].RunAsync(
            ["study", "show", "heart-patients", "--json"], CancellationToken.None)).RootElement;
        var forecast = shown.GetProperty("forecast");
        Assert.InRange(forecast.GetProperty("epsilon").GetDouble(), 2.9, 3 + 1e-9);
        Assert.InRange(forecast.GetProperty("own_noise").GetDouble(), 0.1, 10);
        Assert.True(forecast.GetProperty("alone_epsilon").GetDouble() > forecast.GetProperty("epsilon").GetDouble());
        Assert.Contains("sampling_rate = \"0.1\"", shown.GetProperty("document").GetString(), StringComparison.Ordinal);
    }

    /// <summary>One study that ran to its end, for all the facts about it.</summary>
    public sealed class Ended : IAsyncLifetime
    {
        internal Workplace Place { get; } = new();

        internal List<HospitalSite> Sites { get; } = [];

        internal StudyView Last { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await Place.Coordinator.StartAsync(CancellationToken.None);
            HospitalsCommand.Write(Place.At("data"), 3, [.. SyntheticHospitals.Members]);
            foreach (var profile in SyntheticHospitals.Members)
            {
                var site = Place.Hospital(profile.Name, Path.Combine(Place.At("data"), profile.Name + ".csv"));
                await site.JoinAsync(Place.Coordinator, CancellationToken.None);
                Sites.Add(site);
            }

            var file = Place.At("study.toml");
            File.Copy(CheckoutFolder.At("samples/heart-patients.toml"), file);
            SettingsFile.Set(file, "count", "3");
            SettingsFile.Set(file, "deadline", "\"2m\"");

            // No round begins without one of them, however slow the machine is: all hospitals count all rounds.
            await File.AppendAllTextAsync(file, $"quorum = {Sites.Count}\n");
            await Place.Coordinator.ProposeAsync(file, CancellationToken.None);
            foreach (var site in Sites)
            {
                site.StartAgent();
                await site.ApproveStudyAsync("heart-patients", CancellationToken.None);
            }

            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(8));
            await Place.Coordinator.Watch("heart-patients", view => Last = view).WaitAsync(patience.Token);
        }

        public async Task DisposeAsync() => await Place.DisposeAsync();
    }
}

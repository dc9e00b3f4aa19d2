using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FedMeta.Client.Models;
using FedMeta.Client.Policy;
using FedMeta.Client.Studies;
using FedMeta.Protocol;
using FedMeta.Simulation.Auditing;
using FedMeta.Simulation.Demo.Scores;
using FedMeta.Simulation.Processes;

namespace FedMeta.Simulation.Demo;

/// <summary>
/// The whole federation from the first key to the audit. Everything between the parties goes through the two public
/// programs,
/// started as processes with a home folder each; this one only types their commands and reads what they print.
/// </summary>
internal sealed class DemoRun(DemoOptions options, IDemoProgress progress, TimeProvider time)
{
    private const int NewcomerShots = 20;
    private const double WidestBudget = 1000;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Dictionary<string, double> _seconds = [];
    private readonly Dictionary<string, string> _files = [];
    private readonly List<string> _lowered = [];

    public async Task<(DemoSummary Summary, EvaluationFile Evaluation,
        string Folder)> RunAsync(CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        var folder = DemoFolder.Create(options.Folder);
        var data = DemoData.Prepare(options, folder);
        var terms = StudyDraft.Read(data.Study).OrThrow(data.Study);
        await using var processes = new ProcessFamily(folder.Logs, time);
        var coordinator = new Coordinator(processes, folder.Coordinator);
        HospitalSite Site((string Name, string File) h) => new(processes, h.Name, folder.Hospital(h.Name), h.File);
        List<HospitalSite> members = [.. data.Members.Select(Site)];

        await TimedAsync("coordinator starts", () => coordinator.StartAsync(cancel));
        await TimedAsync($"{members.Count} hospitals are invited, join and are "
            + $"approved", () => JoinAsync(coordinator, members, terms, cancel));
        var hash = await ProposeAsync(coordinator, members, terms.Name, data, cancel);
        var (last, outage) = await TrainAsync(coordinator, members, terms, cancel);
        if (last.State != "completed") progress.Note($"the study ended {last.State} after {last.Completed} of "
            + $"{last.Rounds} rounds");

        var document = await coordinator.RunAsync(["study", "show", terms.Name], cancel);
        var study = SiteFiles.Study(Encoding.UTF8.GetBytes(document));
        SiteScores? newcomer = null;
        if (data.Newcomer is { } late)
            await TimedAsync("a new hospital joins and "
                + "adapts", async () => newcomer = await WelcomeAsync(coordinator, Site(late), study, folder, cancel));
        var model = folder.File("model.safetensors");
        if (newcomer is null) await coordinator.RunAsync(["model", "get", study.Name, "-o", model], cancel);
        _files["meta-model"] = Path.GetFileName(model);
        EvaluationFile? evaluation = null;
        await TimedAsync("every hospital evaluates; references are computed here", async () =>
        {
            var shared = StudyModel.Read(await File.ReadAllBytesAsync(model, cancel), study)
                ?? throw new FedMetaException(ExitCode.Unexpected, $"{model} is not a model of the study", "see the "
                    + "logs folder");
            (evaluation, var picture) = await new EvaluationRun(members, study, shared)
                .RunAsync(Privacy(terms, last, study), newcomer, cancel);
            await File.WriteAllTextAsync(folder.File("evaluation.svg"), $"{picture}\n", cancel);
            _files["picture of the evaluation"] = "evaluation.svg";
        });
        Write(folder, "evaluation", "evaluation.json", evaluation!);
        await AuditAsync(coordinator, folder, terms.Name, cancel);
        var audit = await ReportAsync(coordinator, folder, terms.Name, cancel);
        foreach (var site in members) _files[$"journal of "
            + $"{site.Name}"] = Path.GetRelativePath(folder.Root, Path.Combine(site.Home, "journal"));
        _files["journal of the "
            + "coordinator"] = Path.GetRelativePath(folder.Root, Path.Combine(coordinator.Home, "journal"));
        _files["summary"] = "summary.json";
        _seconds["in all"] = Math.Round(time.GetElapsedTime(start).TotalSeconds, 1);

        var summary = new DemoSummary
        {
            Study = terms.Name,
            StudyHash = hash,
            State = last.State,
            RoundsCompleted = last.Completed,
            RoundsPlanned = last.Rounds,
            EpsilonSpent = last.EpsilonSpent,
            EpsilonGranted = last.EpsilonTotal,
            Delta = last.Delta,
            Data = data.Description,
            Hospitals = [.. members.Select(m => m.Name)],
            LoweredFloors = _lowered,
            Outage = outage?.Killed is { } killed
                ? new DemoSummary.OutageFacts(outage.Hospital, killed.Round, killed.Phase, outage.ReturnedAfter)
                : null,
            Newcomer = newcomer?.Hospital,
            Audit = audit,
            Seconds = _seconds,
            Files = _files,
        };
        Write(folder, "summary", "summary.json", summary);
        return (summary, evaluation!, folder.Root);
    }

    private async Task JoinAsync(Coordinator coordinator, List<HospitalSite> members, StudyTerms terms,
        CancellationToken cancel)
    {
        var two = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancel };
        await Parallel.ForEachAsync(members, two, async (site, stop) => await site.JoinAsync(coordinator, stop));
        foreach (var site in members) LowerFloors(site, terms);
        foreach (var floor in _lowered)
        {
            var reported = floor.StartsWith("min_", StringComparison.Ordinal) ? "; the privacy report says so" : "";
            progress.Note($"every hospital loosens its own policy: {floor}{reported}");
        }
    }

    /// <summary>
    /// A hospital's usual law wants rosters of five, three honest inputs and a narrow budget; a smaller consortium, or
    /// one with invented data, must say otherwise.
    /// </summary>
    private void LowerFloors(HospitalSite site, StudyTerms terms)
    {
        void Set(string key, double wanted, double usual)
        {
            site.SetPolicy(key, string.Create(CultureInfo.InvariantCulture, $"{wanted}"));
            var floor = string.Create(CultureInfo.InvariantCulture, $"{key} = {wanted} instead of {usual}");
            if (!_lowered.Contains(floor)) _lowered.Add(floor);
        }

        if (terms.Aggregation.MinPeers < 5) Set("min_peers", terms.Aggregation.MinPeers, 5);
        if (terms.Aggregation.MinHonestInputs < 3) Set("min_honest_inputs", terms.Aggregation.MinHonestInputs, 3);
        var usual = new HospitalPolicy();
        if (terms.Privacy.Epsilon <= usual.MaxEpsilonPerStudy) return;

        // Samples with invented data: there is nobody to protect, and the widest budget shows what is learned.
        Set("max_epsilon_per_study", WidestBudget, usual.MaxEpsilonPerStudy);
        Set("max_epsilon_total", WidestBudget, usual.MaxEpsilonTotal);
    }

    private async Task<string> ProposeAsync(
        Coordinator coordinator, List<HospitalSite> members, string study, DemoData data, CancellationToken cancel)
    {
        var hash = "";
        await TimedAsync($"the study '{study}' is proposed and approved by every hospital", async () =>
        {
            hash = await coordinator.ProposeAsync(data.Study, cancel, data.Probe);
            foreach (var site in members) site.StartAgent();
            var two = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancel };
            await Parallel.ForEachAsync(members, two, async (site, stop) => await site.ApproveStudyAsync(study, stop));
        });
        return hash;
    }

    private async Task<(StudyView Last, Outage? Outage)> TrainAsync(
        Coordinator coordinator, List<HospitalSite> members, StudyTerms terms, CancellationToken cancel)
    {
        StudyView? last = null;
        // The one that is lost must leave enough for a roster and for a sum.
        var spare = members.Count - 1 >= Math.Max(terms.Aggregation.MinPeers, terms.Aggregation.Threshold);
        var round = Math.Max(1, terms.Rounds.Count / 4);
        var outage = spare
            ? new Outage(members[members.Count / 2], round, round + Math.Max(2, terms.Rounds.Count / 8), progress.Note)
            : null;
        await TimedAsync("training", async () =>
        {
            var watch = coordinator.Watch(terms.Name, view =>
            {
                last = view;
                progress.Show(view);
                outage?.Watch(view);
            });
            await watch.WaitAsync(cancel);
        });
        return last is { HasEnded: true }
            ? (last, outage)
            : throw new FedMetaException(ExitCode.Unexpected, "the coordinator stopped telling how the study "
                + "goes", "see watch.log in the logs folder");
    }

    private async Task<SiteScores> WelcomeAsync(
        Coordinator coordinator, HospitalSite newcomer, VerifiedStudy study, DemoFolder folder,
            CancellationToken cancel)
    {
        await newcomer.JoinAsync(coordinator, cancel);
        var file = folder.File($"model-adapted-{newcomer.Name}.safetensors");
        await newcomer.RunAsync(["adapt", study.Name, "--shots", $"{NewcomerShots}", "-o", file], cancel);
        _files["newcomer's model"] = Path.GetFileName(file);
        await coordinator.RunAsync(["model", "get", study.Name, "-o", folder.File("model.safetensors")], cancel);
        return NewcomerScores.Of(newcomer, study, folder.File("model.safetensors"), file, NewcomerShots);
    }

    /// <summary>Canaries against the code that the hospitals ran; what they find stands in the privacy report.</summary>
    private async Task AuditAsync(Coordinator coordinator, DemoFolder folder, string study, CancellationToken cancel) =>
        await TimedAsync("the pipeline is held against canaries", async () =>
        {
            const string Name = "canary-audit.json";
            using var random = RandomNumberGenerator.Create();
            var found = AuditRun.Play(
                AuditSettings.Usual, ShippedClient.Input, random, time.GetUtcNow(),
                _ => cancel.ThrowIfCancellationRequested());
            await File.WriteAllTextAsync(folder.File(Name), found.ToJson() + "\n", cancel);
            _files["empirical audit"] = Name;
            await coordinator.RunAsync(["audit", "record", study, folder.File(Name)], cancel);
            if (found.Refuted) progress.Note("canaries refute the claim: the pipeline has a defect");
        });

    /// <summary>Reports, dashboard, exported journal, and the check of that journal from the file alone.</summary>
    private async Task<string> ReportAsync(Coordinator coordinator, DemoFolder folder, string study,
        CancellationToken cancel)
    {
        var audit = "";
        await TimedAsync("reports are written and the journal is audited", async () =>
        {
            async Task Out(string name, string file, params string[] command)
            {
                await coordinator.RunAsync([.. command, "-o", folder.File(file)], cancel);
                _files[name] = file;
            }

            await Out("dashboard", "dashboard.html", "report", "study", study);
            await Out("participation", "participation.json", "report", "participation", study);
            await Out("privacy report", "privacy-report.html", "report", "privacy", study);
            await Out("privacy report for programs", "privacy-report.json", "report", "privacy", study);
            await Out("exported journal", "journal.jsonl", "audit", "export", study);
            audit = (await coordinator.RunAsync(
                ["audit", "verify", folder.File("journal.jsonl"), "--report", folder.File("privacy-report.json")],
                    cancel)).Trim();
            if (BrowserPicture.Find() is { } browser
                && await BrowserPicture.TryDrawAsync(browser, folder.File("dashboard.html"),
                folder.File("dashboard.png"), 1280, 1500, cancel))
                _files["picture of the dashboard"] = "dashboard.png";
        });
        return audit;
    }

    private static string Privacy(StudyTerms terms, StudyView last, VerifiedStudy study) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"epsilon {last.EpsilonSpent:0.###} of {last.EpsilonTotal:0.###} spent at delta {last.Delta:0.###e-00} for one "
        + $"{terms.Privacy.Unit}, against a "
        + $"server that colludes with {terms.Privacy.Colluders} hospital; discrete Gaussian noise of "
        + $"{study.Mechanism.NoiseMultiplier:0.##} times the "
        + $"sensitivity per round from {study.Mechanism.HonestShares} honest hospitals alone, clip norm "
        + $"{terms.Privacy.Clip}");

    private async Task TimedAsync(string step, Func<Task> work)
    {
        progress.Step(step);
        var start = time.GetTimestamp();
        await work();
        _seconds[step] = Math.Round(time.GetElapsedTime(start).TotalSeconds, 1);
    }

    private void Write<T>(DemoFolder folder, string name, string file, T value)
    {
        File.WriteAllText(folder.File(file), JsonSerializer.Serialize(value, Indented) + "\n");
        _files[name] = file;
    }
}

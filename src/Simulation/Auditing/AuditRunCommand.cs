using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using FedMeta.Protocol;
using FedMeta.Simulation.Demo;
using Spectre.Console;

namespace FedMeta.Simulation.Auditing;

/// <summary><c>fedmeta-sim audit-run</c>: canaries against the whole pipeline.</summary>
internal static class AuditRunCommand
{
    public static Command Create(TimeProvider time)
    {
        var epsilon = Number("--epsilon", "what is claimed for a patient over all rounds", AuditSettings.Usual.Epsilon);
        var delta = Number("--delta", "of the claim", AuditSettings.Usual.Delta);
        var level = Number("--level", "probability of refuting a true claim", AuditSettings.Usual.Level);
        var rounds = Whole("--rounds", "rounds of the run", AuditSettings.Usual.Rounds);
        var hospitals = Whole("--hospitals", "members", AuditSettings.Usual.Hospitals);
        var threshold = Whole("--threshold", "hospitals that stay; the others vanish in every round", AuditSettings.Usual.Threshold);
        var colluders = Whole("--colluders", "hospitals that show the attacker all they sent", AuditSettings.Usual.Colluders);
        var bits = Whole("--bits", "width of the ring", AuditSettings.Usual.RingBits);
        var canaries = Whole("--canaries", "made-up patients, a power of two", AuditSettings.Usual.Canaries);
        var guesses = Whole("--guesses", "canaries of which the attacker says whether they were in", AuditSettings.Usual.Guesses);
        var file = new Option<string?>("-o", "--output") { Description = "file for the findings as JSON" };
        var json = new Option<bool>("--json") { Description = "the findings as JSON on the terminal" };
        var command = new Command("audit-run",
            "Hold the shipped pipeline (training, clip, rounding, noise, secure aggregation) against canaries and tell the "
            + "lower bound\nof epsilon that one run proves (Steinke, Nasr, Jagielski 2023) beside the claim. Ends with "
            + "41 where the run refutes it.\n\nExample: fedmeta-sim audit-run --epsilon 3 --rounds 5 -o audit.json")
        {
            epsilon, delta, level, rounds, hospitals, threshold, colluders, bits, canaries, guesses, file, json,
        };
        command.SetAction(parsed =>
        {
            var settings = new AuditSettings(parsed.GetValue(epsilon), parsed.GetValue(delta), parsed.GetValue(rounds),
                parsed.GetValue(hospitals), parsed.GetValue(threshold), parsed.GetValue(colluders),
                parsed.GetValue(bits), parsed.GetValue(canaries), parsed.GetValue(guesses), parsed.GetValue(level));
            var report = Play(settings, time, parsed.GetValue(json) ? null : DemoConsole.Create());
            var text = report.ToJson();
            if (parsed.GetValue(file) is { } path)
                EnvironmentFaults.Explaining(path, () => File.WriteAllText(path, text + "\n"));
            if (parsed.GetValue(json)) Console.WriteLine(text);
            else Print(report, DemoConsole.Create());
            return report.Refuted ? (int)ExitCode.AuditFailed : 0;
        });
        return command;
    }

    private static AuditRunReport Play(AuditSettings settings, TimeProvider time, IAnsiConsole? console)
    {
        using var random = RandomNumberGenerator.Create();
        AuditRunReport Run(Action<int> progress) =>
            AuditRun.Play(settings, ShippedClient.Input, random, time.GetUtcNow(), progress);
        if (console is not { Profile.Capabilities.Interactive: true }) return Run(_ => { });
        return console.Progress().Start(bars =>
        {
            var bar = bars.AddTask("rounds", maxValue: settings.Rounds);
            return Run(round => bar.Value = round);
        });
    }

    private static void Print(AuditRunReport report, IAnsiConsole console)
    {
        var settings = report.Settings;
        var table = new Table().AddColumns("", "claimed", "found");
        table.AddRow($"epsilon at delta {settings.Delta:0.#E+0}, from {report.Correct} right guesses of "
            + $"{settings.Guesses}", Figure(report.ClaimedEpsilon), $"at least {Figure(report.EpsilonLowerBound)}");
        table.AddRow("mu, from the separation of the scores", Figure(report.ClaimedMu),
            $"{Figure(report.Mu)}, between {Figure(report.MuLowerBound)} and {Figure(report.MuUpperBound)}");
        console.Write(table);
        console.WriteLine($"{settings.Canaries} canaries, {settings.Rounds} rounds, {settings.Threshold} of "
            + $"{settings.Hospitals} hospitals stay, {settings.Colluders} collude");
        console.WriteLine(report.Refuted
            ? "refuted: what was released gives away more than is claimed; the pipeline has a defect"
            : "consistent: the run does not contradict the claim. An audit finds defects; it proves no claim.");
    }

    private static string Figure(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static Option<double> Number(string name, string text, double value) =>
        new(name) { Description = text, DefaultValueFactory = _ => value };

    private static Option<int> Whole(string name, string text, int value) =>
        new(name) { Description = text, DefaultValueFactory = _ => value };
}

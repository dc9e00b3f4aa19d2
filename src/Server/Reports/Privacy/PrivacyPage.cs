using FedMeta.Server.Reports.Charts;
using FedMeta.Server.Reports.Markup;
using static FedMeta.Server.Reports.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy;

/// <summary>The privacy report as one self-contained page: the same object as the JSON, nothing more.</summary>
internal static class PrivacyPage
{
    /// <summary>The whole document.</summary>
    public static Html Render(PrivacyReport report) => Page.Render($"Privacy report: {report.Identity.Study}", Html.Of($"""
        {Verdict(report)}{Charts(report)}{Claims(report)}{Budget(report)}{Mechanism(report)}{PrivacyPageTables.Rounds(report)}
        {PrivacyPageTables.Sites(report)}{PrivacyPageTables.Decisions(report)}{Lists(report)}{PlainLanguage(report)}{Custody(report)}
        <section id="document"><h2>Appendix: the signed study document</h2><p>SHA-256 <code>{report.Identity.StudyHash}</code>{Page.Record(report.Identity.ProposedRecord)}</p><pre>{report.Document}</pre></section>
        """));

    private static Html Verdict(PrivacyReport report) => Html.Of($"""
        <header class="{(report.Verdict.WithinBudget ? "verdict" : "verdict bad")}"><p class="soft">Privacy report · FedMeta {report.Identity.SoftwareVersion} · coordinator {report.Identity.Coordinator}</p>
        <h1>{report.Identity.Study}</h1><p>{report.Identity.Purpose}</p>
        <p><span class="state">{report.Identity.State}</span> {report.Identity.From} to {report.Identity.To}</p>
        <p><strong>{(report.Verdict.WithinBudget ? "✔" : "✘")} {report.Verdict.Sentence}</strong></p>
        <p>Unit: one {report.Verdict.Unit}. Neighbouring data sets: the unit's contribution is replaced by nothing ({report.Verdict.Adjacency}).</p>
        <p class="soft">Check it yourself: <code>fedmeta audit verify journal.jsonl --report report.json</code></p></header>
        """);

    private static Html Charts(PrivacyReport report)
    {
        var charged = report.Rounds.Where(r => r.Charged).ToList();
        var spent = new Series("spent", "line-1",
            [(0, 0), .. charged.Select((r, i) => ((double)(i + 1), r.EpsilonAfter))],
            ["", .. charged.Select(r =>
                $"round {r.Round}, attempt {r.Attempt}: epsilon {Chart.Figure(r.EpsilonAfter)}, record {r.EndRecord}")]);
        var forecast = new Series("forecast", "line-forecast",
            [.. report.Forecast.Select(f => ((double)f.Attempts, f.Epsilon))], []);
        var byRound = new LineChart("Epsilon by charged attempt", "charged attempts", "epsilon",
            forecast.Points.Count > 1 ? [spent, forecast] : [spent])
        {
            Limit = (report.Verdict.EpsilonGranted, $"approved: {Chart.Figure(report.Verdict.EpsilonGranted)}"),
        };
        var byDelta = new LineChart("Epsilon against delta", "delta", "epsilon",
            [new Series("spent so far", "line-1", [.. report.Curve.Select(p => (Math.Log10(p.Delta), p.Epsilon))],
                [.. report.Curve.Select(p => $"delta {Chart.Figure(p.Delta)}: epsilon {Chart.Figure(p.Epsilon)}")])])
        {
            XFrom = -12,
            XIsExponent = true,
        };
        return Html.Of($"""
            <div class="columns">{Page.Panel("epsilon", "Budget by round, with forecast", Html.Of($"{Gauge.Render("epsilon", report.Verdict.EpsilonSpent, report.Verdict.EpsilonGranted)}{byRound.Render()}"))}{Page.Panel("delta", "The same cost at other deltas", byDelta.Render())}</div>
            """);
    }

    private static Html Claims(PrivacyReport report) => Page.Panel("claims", "Claims", Html.Of($"""
        <p class="soft">Each line is a claim about the same outputs against another adversary. They stand side by side and are never added.</p>
        {Page.Table(["Against", "Protects", "Counted", "mu", "Epsilon at delta", "A test finds at most", "Method"], report.Claims.Select(ClaimRow))}
        """));

    private static Html[] ClaimRow(Claim c) =>
    [
        Page.Text(c.Adversary), Page.Text($"one {c.Unit} ({c.Adjacency})"), Page.Text(c.Basis),
            Page.Text(Chart.Figure(c.Mu)),
        Html.Concat(c.Epsilons.Select(e => Html.Of($"{Chart.Figure(e.Epsilon)} at {Chart.Figure(e.Delta)}<br>"))),
        Html.Of($"{c.TestPower:P1}"), Page.Text(c.Method),
    ];

    private static Html Budget(PrivacyReport report) => Page.Panel("budget", "Budget", Html.Of($"""
        {Page.Table(["", "rho in units of 2^-64", ""], [Row("Granted", report.Budget.RhoGranted, $"epsilon {Chart.Figure(report.Verdict.EpsilonGranted)} at delta {Chart.Figure(report.Verdict.Delta)}"), Row("Spent", report.Budget.RhoSpent, $"{report.Budget.AttemptsCharged} charged attempts, {report.Budget.RoundsCompleted} of {report.Budget.RoundsPlanned} rounds completed"), Row("Remaining", report.Budget.RhoRemaining, $"pays for {report.Budget.AttemptsLeft} more attempts"), Row("One attempt", report.Budget.RhoPerRound, "the same for each")])}
        """));

    private static Html[] Row(string name, string rho, string words) => [Page.Text(name),
        Html.Of($"<code>{rho}</code>"), Page.Text(words)];

    private static Html Mechanism(PrivacyReport report)
    {
        var m = report.Mechanism;
        return Page.Panel("mechanism", "Mechanism", Html.Of($"""
            <p>{m.Sampler}; randomness: {m.Randomness}. Secure aggregation opens no sum of fewer than {m.Threshold} inputs, with at most {m.Colluders} colluding; at least {m.MinHonestInputs} honest inputs. The noise differs from a Gaussian by less than 10^{m.Log10Tau:0}.</p>
            <p>{report.AnonymitySet.Sentence}</p>
            {Page.Table(["Clip norm", "Dimension", "Padded", "Scale", "B²", "Sensitivity²", "Variance of one share", "Noise multiplier", "Ring bits"], [[Page.Text(Chart.Figure(m.ClipNorm)), Html.Of($"{m.Dimension}"), Html.Of($"{m.PaddedDimension}"), Page.Text(Chart.Figure(m.Scale)), Page.Text(m.NormBoundSquared), Page.Text(m.SensitivitySquared), Page.Text(m.LocalVariance), Page.Text(Chart.Figure(m.NoiseMultiplier)), Html.Of($"{m.RingBits}")]])}
            <details><summary>Canonical terms, as signed</summary><pre>{m.Terms}</pre></details>
            """));
    }

    private static Html Lists(PrivacyReport report) => Html.Of($"""
        <div class="columns">{Page.Panel("deviations", "Deviations", report.Deviations.Count == 0 ? Html.Of($"<p>None.</p>") : Html.Of($"<ul>{report.Deviations.Select(d => Html.Of($"<li class=\"warn\">{d.Text}{Page.Record(d.Record)}</li>"))}</ul>"))}
        {Page.Panel("released", "Released besides the models", Html.Of($"<ul>{report.OtherReleases.Select(r => Html.Of($"<li>{r}</li>"))}</ul>"))}</div>
        """);

    private static Html PlainLanguage(PrivacyReport report) => Html.Of($"""
        <div class="columns">{report.Texts.Select(Plain)}</div>
        """);

    private static Html Plain(TextPart text)
    {
        var isKorean = text.Language == "ko";
        return Html.Of($"""
            <section id="plain-{text.Language}" lang="{text.Language}"><h2>{(isKorean ? "쉬운 말로" : "In plain language")}</h2>{text.Meaning.Select(m => Html.Of($"<p>{m}</p>"))}
            <h3>{(isKorean ? "전제" : "What must hold")}</h3><ul>{text.Assumptions.Select(a => Html.Of($"<li>{a}</li>"))}</ul>
            <h3>{(isKorean ? "다루지 않는 것" : "What no number here covers")}</h3><ul>{text.NotProtected.Select(n => Html.Of($"<li>{n}</li>"))}</ul></section>
            """);
    }

    private static Html Custody(PrivacyReport report) => Page.Panel("custody", "Chain of custody", Html.Of($"""
        <p>Computed from journal records 1 to {report.Identity.LastRecord}; the hash of the last one is <code>{report.Identity.LastHash}</code>. Every record carries the hash of the one before.</p>
        <p>Newest meta-model: <code>{(report.Identity.Model.Length > 0 ? report.Identity.Model : "none yet")}</code>.</p>
        """));
}

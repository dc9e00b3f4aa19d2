using FedMeta.Protocol.V1;
using FedMeta.Server.Reports.Charts;
using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Reports.Participation;
using FedMeta.Server.Reports.Privacy;
using FedMeta.Server.Reports.Privacy.Rendering;
using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.State;

namespace FedMeta.Server.Reports.Study;

/// <summary>
/// The dashboard of one study: the page that the coordinator serves and the file that `report study` writes are the
/// same.
/// It is read-only and needs no script.
/// </summary>
internal sealed record StudyPage(CoordinatorState State, StudyEntry Study, StudySnapshot Snapshot,
    BudgetSection Privacy,
    ParticipationReport Participation, DateTimeOffset Now)
{
    /// <summary>The page; <paramref name="refresh"/> in seconds, or null for a file.</summary>
    public Html Render(int? refresh) => Page.Render($"FedMeta: {Study.Name}", Html.Of($"""
        {Headline()}
        <div class="columns">{Page.Panel("timeline", "Round timeline", RoundTimeline.Of(Study, Participation.Sites, Snapshot, Now).Render())}{Page.Panel("privacy", "Privacy budget", Budget())}</div>
        <div class="columns">{Page.Panel("convergence", "Convergence", Convergence())}{Page.Panel("participation", "Participation", ParticipationPage.Grid(Participation))}</div>
        {Page.Panel("sites", "Hospitals", Sites())}{Page.Panel("activity", "Activity", Activity())}
        """), refresh);

    private Html Headline() => Html.Of($"""
        <header><h1>{Study.Name} <span class="state">{Snapshot.State}</span></h1>
        <div class="figures"><p>rounds completed<br><b>{Snapshot.Completed}</b> of {Snapshot.Rounds}{Page.Record(Study.LastCompleted?.Origin.Record ?? 0)}</p>
        <p>hospitals in the last sum<br><b>{Study.LastCompleted?.Included.Count ?? 0}</b> of {Participation.Sites.Count}{Page.Record(Study.LastCompleted?.Origin.Record ?? 0)}</p>
        <p>ε spent<br><b>{Chart.Figure(Snapshot.EpsilonSpent)}</b> of {Chart.Figure(Snapshot.EpsilonTotal)} (δ {Chart.Figure(Snapshot.Delta)}){Page.Record(LastCharge)}</p>
        <p>time left, at the pace so far<br><b>{TimeLeft()}</b></p></div>
        <p>{Waiting()}</p><p class="soft">as of {PrivacyFigures.Time(Now)}, journal record {State.Last.Record}; document <code>{Study.Hash}</code>{Page.Record(Study.Proposed.Record)}</p></header>
        """);

    private long LastCharge => Study.Rounds.SelectMany(r => r.Inputs.Values).Select(i => i.Origin.Record)
        .DefaultIfEmpty().Max();

    private Html Waiting()
    {
        if (Study.Ended is { } ended)
            return Html.Of($"Ended {PrivacyFigures.Time(ended.Origin.Time)}: {ended.Reason}{Page.Record(ended.Origin.Record)}");
        if (Study.PauseReason is { } paused)
            return Html.Of($"Paused by the coordinator: {paused}. The operator resumes or stops the study.");
        if (Snapshot.WaitingFor.Length == 0)
            return Html.Of($"Nothing is waited for.");
        var since = Snapshot.WaitingSince == 0 ? Html.Empty : Html.Of($", since {Clock(Snapshot.WaitingSince)}");
        var until = Snapshot.WaitingUntil == 0 ? Html.Empty : Html.Of($", until {Clock(Snapshot.WaitingUntil)}");
        return Html.Of($"Waiting for {Snapshot.WaitingFor} ({Snapshot.Phase}){since}{until}");
    }

    private string TimeLeft() => Snapshot.SecondsLeft switch
    {
        < 0 => "not known yet",
        0 => "none",
        var seconds => TimeSpan.FromSeconds(seconds).ToString(seconds >= 3600 ? @"h\ \h\ mm\ \m\i\n"
            : @"m\ \m\i\n\ ss\ \s",
            System.Globalization.CultureInfo.InvariantCulture),
    };

    private Html Budget() => Html.Of($"""
        {Gauge.Render("ε", Snapshot.EpsilonSpent, Snapshot.EpsilonTotal)}{BudgetPart.Chart(Privacy, Snapshot.EpsilonTotal)}
        <p class="soft">The budget pays for {Privacy.AttemptsLeft} more attempts; {Privacy.RoundsPlanned - Study.PlayedRounds} rounds are planned.</p>
        """);

    private Html Convergence()
    {
        var rounds = Study.Rounds.Where(r => r.Outcome is RoundOutcome.Completed).Select(r => (r.Round,
            (RoundOutcome.Completed)r.Outcome!)).ToList();
        var chart = new LineChart("Norm of the released update", "round", "L2 norm",
            [new Series("released (with noise)", "line-1", [.. rounds.Select(r => ((double)r.Round,
                r.Item2.Checks.UpdateNorm))],
                [.. rounds.Select(r =>
                    $"round {r.Round}: {Chart.Figure(r.Item2.Checks.UpdateNorm)}, record {r.Item2.Origin.Record}")])]);
        return Html.Of($"{ProbeLoss(rounds)}{chart.Render()}<p class=\"soft\">Metrics of single hospitals: not visible by design. The coordinator holds sums only.</p>");
    }

    private static Html ProbeLoss(List<(int Round, RoundOutcome.Completed Outcome)> rounds)
    {
        var tried = rounds.Where(r => r.Outcome.Checks.ProbeLoss is not null)
            .Select(r => (r.Round, Loss: r.Outcome.Checks.ProbeLoss!.Value, r.Outcome.Origin.Record)).ToList();
        if (tried.Count == 0)
            return Html.Empty;
        var series = new Series("shared model, not adapted", "line-1", [.. tried.Select(r => ((double)r.Round, r.Loss))],
            [.. tried.Select(r => $"round {r.Round}: {Chart.Figure(r.Loss)}, record {r.Record}")]);
        return new LineChart("Mean loss on the public probe set", "round", "probe loss", [series]).Render();
    }

    private Html Sites() => Page.Table(["Hospital", "Now", "Last seen", "Version", "Certificate until", "Decision"],
        Participation.Sites.Select(s =>
        {
            var live = Snapshot.Sites.First(l => l.ClientId == s.Client);
            var client = State.Clients.GetValueOrDefault(s.Client);
            var decision = Study.Decisions.GetValueOrDefault(s.Client);
            return new[]
            {
                Html.Of($"{s.Name} <span class=\"soft\">{s.Client}</span>"),
                live.Note.Length == 0 ? Page.Text(live.State) : Html.Of($"{live.State}: {live.Note}{Page.Record(Study.ShutOut[s.Client].Origin.Record)}"),
                Page.Text(live.LastSeen == 0 ? "not since the coordinator started" : Seen(live.LastSeen)),
                Page.Text(client?.Version),
                Html.Of($"{(client is { CertificateExpiresAt: > 0 } ? PrivacyFigures.Time(DateTimeOffset.FromUnixTimeSeconds(client.CertificateExpiresAt)) : "")}{Page.Record(client?.Since.Record ?? 0)}"),
                Html.Of($"{s.Decision}{(decision is null ? Html.Empty : Html.Of($" {PrivacyFigures.Time(decision.Origin.Time)}{Page.Record(decision.Origin.Record)}"))}"),
            };
        }));

    private string Seen(long at)
    {
        var ago = Now - DateTimeOffset.FromUnixTimeSeconds(at);
        return ago < TimeSpan.FromMinutes(10) ? $"{(int)Math.Max(0, ago.TotalSeconds)} s ago"
            : PrivacyFigures.Time(DateTimeOffset.FromUnixTimeSeconds(at));
    }

    private Html Activity() => Page.Table(["Record", "Time", "What happened"],
        State.Activities.Where(a => a.Study == Study.Hash).Reverse().Take(200).Select(a => new[]
        {
            Html.Of($"<span id=\"record-{a.Origin.Record}\">#{a.Origin.Record}</span>"),
            Page.Text(PrivacyFigures.Time(a.Origin.Time)),
            Page.Text(a.Text),
        }));

    private static string Clock(long milliseconds) =>
        PrivacyFigures.Time(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}

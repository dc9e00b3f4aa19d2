using FedMeta.Server.Reports.Charts;
using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Reports.Privacy.Sections;

namespace FedMeta.Server.Reports.Privacy.Rendering;

/// <summary>The first page: the answer and what a reader of one page needs, in English and Korean.</summary>
internal static class SummaryPart
{
    /// <summary>Cover and summaries.</summary>
    public static Html Render(PrivacyReport report)
    {
        var (identity, headline) = (report.Identity, report.Claims.Headline);
        var gauge = headline.EpsilonSpent is { } spent
            ? Html.Of($"<div class=\"half\">{Gauge.Render("epsilon", spent, headline.EpsilonGranted)}</div>") : Html.Empty;
        return Html.Of($"""
            <div class="first-page"><header class="{(headline.WithinBudget ? "verdict" : "verdict bad")}"><p class="soft">FedMeta privacy report · coordinator {identity.Coordinator} · journal records 1 to {identity.LastRecord}</p>
            <h1>{identity.Study}</h1><p>{identity.Purpose}</p>
            <p><span class="state">{identity.State}</span> {identity.From} to {identity.To}</p>{gauge}</header>
            <div class="columns">{report.Summary.Select(s => Language(s, headline.WithinBudget && headline.EpsilonSpent is not null))}</div></div>
            """);
    }

    private static Html Language(SummaryPage page, bool holds) => Html.Of($"""
        <section id="summary-{page.Language}" class="summary" lang="{page.Language}"><h2>{page.Heading}</h2>
        <p class="answer">{(holds ? "✔" : "✘")} {page.Verdict}</p>{page.Parts.Select(p => Html.Of($"<h3>{p.Heading}</h3><p>{p.Text}</p>"))}</section>
        """);
}

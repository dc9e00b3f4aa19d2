using FedMeta.Privacy;
using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Reports.Privacy.Sections;

namespace FedMeta.Server.Reports.Privacy.Rendering;

/// <summary>Section 9.</summary>
internal static class MeaningPart
{
    /// <summary>The headline in numbers and words that a person can judge.</summary>
    public static Html Render(PrivacyReport report) => Page.Panel("meaning", "9 Meaning in words", Html.Of($"""
        {Beliefs(report.Meaning)}<div class="columns">{report.Meaning.Texts.Select(Text)}</div>
        """));

    private static Html Beliefs(MeaningSection meaning) => meaning.Beliefs.Count == 0
        ? Html.Of($"<p>No figure: the delta is refused.</p>")
        : Page.Table(["Belief before", "At least after", "At most after"], meaning.Beliefs.Select(b => new[]
        {
            Html.Of($"{ReportNumbers.Percent(b.Before)} %"), Html.Of($"{ReportNumbers.PercentDown(b.AtLeast)} %"),
            Html.Of($"{ReportNumbers.Percent(b.AtMost)} %"),
        }), "How far everything released can move a belief that one unit's data were used (headline claim)");

    private static Html Text(MeaningSection.Text text)
    {
        var isKorean = text.Language == "ko";
        return Html.Of($"""
            <div lang="{text.Language}"><h3>{(isKorean ? "뜻" : "What it means")}</h3>{text.Meaning.Select(m => Html.Of($"<p>{m}</p>"))}
            <h3>{(isKorean ? "전제" : "What must hold")}</h3><ul>{text.Assumptions.Select(a => Html.Of($"<li>{a}</li>"))}</ul>
            <h3>{(isKorean ? "보호하지 않는 것" : "What is not protected")}</h3><ul>{text.NotProtected.Select(n => Html.Of($"<li>{n}</li>"))}</ul></div>
            """);
    }
}

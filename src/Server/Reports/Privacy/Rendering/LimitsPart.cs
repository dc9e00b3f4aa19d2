using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Reports.Privacy.Building;

namespace FedMeta.Server.Reports.Privacy.Rendering;

/// <summary>Section 10.</summary>
internal static class LimitsPart
{
    /// <summary>What has to be trusted, and the checklist.</summary>
    public static Html Render(PrivacyReport report) => Page.Panel("limits", "10 Limits and checklist", Html.Of($"""
        <ul>{report.Limits.Trust.Select(t => Html.Of($"<li>{t}</li>"))}</ul>
        <h3>The layers of NIST SP 800-226</h3>
        {Page.Table(["Layer", "", "This study's answer"], report.Limits.Pyramid.Select(l => new[] { Html.Of($"{l.Name}<br><span class=\"soft\">{l.Level}</span>"), Status(l.Status), Page.Text(l.Answer) }), "A claim is no better than the layers below it")}
        <h3>The hazards that it warns of</h3>
        {Page.Table(["Hazard", "", "This study's answer"], report.Limits.Hazards.Select(h => new[] { Page.Text(h.Name), Status(h.Status), Page.Text(h.Answer) }))}
        """));

    private static Html Status(string status) => status switch
    {
        LimitsBuilder.Answered => Html.Of($"<span class=\"status\">● answered</span>"),
        LimitsBuilder.Partly => Html.Of($"<span class=\"status\">◐ partly</span>"),
        LimitsBuilder.Hospital => Html.Of($"<span class=\"status\">▲ hospital</span>"),
        _ => Html.Of($"<span class=\"status\">○ open</span>"),
    };
}

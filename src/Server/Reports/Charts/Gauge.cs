using FedMeta.Server.Reports.Markup;

namespace FedMeta.Server.Reports.Charts;

/// <summary>A horizontal bar: how much of a budget is used.</summary>
internal static class Gauge
{
    /// <summary>Draws <paramref name="value"/> of <paramref name="total"/>, both at least 0; the text says
    /// both.</summary>
    public static Html Render(string label, double value, double total)
    {
        var share = total > 0 ? Math.Clamp(value / total, 0, 1) : 0;
        return Html.Of($"""
            <svg viewBox="0 0 560 46" role="img" aria-label="{label}: {Chart.Figure(value)} of {Chart.Figure(total)}" class="chart">
            <rect class="gauge-track" x="0" y="22" width="560" height="16" rx="3"/>
            <rect class="gauge-fill" x="0" y="22" width="{Chart.At(560 * share)}" height="16" rx="3"/>
            <text class="label" x="0" y="15">{label}: {Chart.Figure(value)} of {Chart.Figure(total)} ({share:P0})</text></svg>
            """);
    }
}

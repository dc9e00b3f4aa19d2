using System.Globalization;
using System.Xml.Linq;

namespace FedMeta.Learning;

/// <summary>
/// Reliability diagrams side by side: predicted probability against observed share with Wilson's intervals, and below
/// how many patients each point rests on.
/// </summary>
public static class ReliabilityPicture
{
    private const double Panel = 380, Side = 280, Left = 64, Top = 80, Histogram = 70;

    /// <summary>Draws one diagram for each model.</summary>
    /// <param name="title">For example the study's and the hospital's name.</param>
    /// <param name="models">Name and bins of each, one model or more.</param>
    public static XElement Draw(string title, IReadOnlyList<(string Model, IReadOnlyList<ReliabilityBin> Bins)> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var on = new Drawing(
            Math.Max(1, models.Count) * Panel, Top + Side + Histogram + 86, title,
            string.Join("; ", models.Select(Describe)));
        on.Text(12, 22, title, 15, bold: true);
        foreach (var (i, (model, bins)) in models.Index()) One(on, i * Panel + Left, i, model, bins);
        return on.Done();
    }

    private static void One(Drawing on, double left, int index, string model, IReadOnlyList<ReliabilityBin> bins)
    {
        var (x, y) = (new Axis([0, 1], left, left + Side), new Axis([0, 1], Top + Side, Top));
        // How a model was adapted stands in brackets; on a line of its own it is not cut at the panel's edge.
        var bracket = model.IndexOf(" (", StringComparison.Ordinal);
        on.Text(left, Top - 28, bracket < 0 ? model : model[..bracket], 13, bold: true);
        if (bracket >= 0) on.Text(left, Top - 12, model[(bracket + 1)..], colour: Drawing.Soft);
        foreach (var tick in x.Ticks)
        {
            on.Line(left, y.At(tick), left + Side, y.At(tick), Drawing.Rule, 0.7);
            on.Line(x.At(tick), Top, x.At(tick), Top + Side, Drawing.Rule, 0.7);
            var text = tick.ToString("0.0", CultureInfo.InvariantCulture);
            on.Text(left - 8, y.At(tick) + 4, text, 11, "end", Drawing.Soft);
            on.Text(x.At(tick), Top + Side + 16, text, 11, "middle", Drawing.Soft);
        }

        on.Line(x.At(0), y.At(0), x.At(1), y.At(1), Drawing.Soft, 1, "6 4");
        on.Text(left + Side / 2, Top + Side + 34, "predicted probability", anchor: "middle");
        on.Text(left - 42, Top + Side / 2, "observed share", anchor: "middle", turned: -90);
        var mark = Mark.Of(index + 1);
        on.Path(bins.Select(b => (x.At(b.Predicted), y.At(b.Observed))), mark.Colour, 1.4, mark.Dash);
        foreach (var bin in bins)
        {
            on.Line(x.At(bin.Predicted), y.At(bin.ObservedInterval.Low), x.At(bin.Predicted),
                y.At(bin.ObservedInterval.High), mark.Colour, 1.4);
            mark.Draw(on, x.At(bin.Predicted), y.At(bin.Observed), Words(bin));
        }

        var most = Math.Max(1, bins.Select(b => b.Patients).DefaultIfEmpty(0).Max());
        var foot = Top + Side + 50 + Histogram;
        foreach (var bin in bins)
        {
            var height = (Histogram - 16) * bin.Patients / most;
            on.Box(x.At(bin.From) + 1, foot - height, Side * (bin.To - bin.From) - 2, height, mark.Colour, Words(bin));
            on.Text((x.At(bin.From) + x.At(bin.To)) / 2, foot - height - 3, $"{bin.Patients}", 11, "middle");
        }

        on.Line(left, foot, left + Side, foot);
        on.Text(left + Side / 2, foot + 16, "patients per bin", anchor: "middle", colour: Drawing.Soft);
    }

    private static string Words(ReliabilityBin bin) => string.Create(CultureInfo.InvariantCulture,
        $"{bin.Patients} patients: predicted {bin.Predicted:0.00}, observed {bin.Observed:0.00}, "
        + $"95 % {bin.ObservedInterval.Low:0.00} to {bin.ObservedInterval.High:0.00}");

    private static string Describe((string Model, IReadOnlyList<ReliabilityBin> Bins) model) =>
        $"{model.Model}: {string.Join(", ", model.Bins.Select(Words))}";
}

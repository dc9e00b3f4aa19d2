using System.Globalization;
using System.Xml.Linq;

namespace FedMeta.Learning;

/// <summary>Adaptation curves: one panel each for loss, ranking and calibration, patients to the right.</summary>
public static class CurvePicture
{
    private const double Width = 860, PanelHeight = 230, Left = 64, Right = 16, Top = 34;

    /// <summary>Draws the curves of <see cref="AdaptationCurves"/>.</summary>
    /// <param name="title">For example the study's and the hospital's name.</param>
    /// <param name="loss">Names the measures.</param>
    /// <param name="curves">One or more.</param>
    public static XElement Draw(string title, LossKind loss, IReadOnlyList<AdaptationCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        (string Name, Func<CurvePoint, CurveValue?> Of)[] panels =
        [
            (Measures.NameOf(Measure.Loss, loss) + ", lower is better", p => p.Loss),
            (Measures.NameOf(Measures.Ranking(loss), loss) + ", higher is better", p => p.Ranking),
            (Measures.NameOf(Measure.CalibrationError, loss) + ", lower is better", p => p.CalibrationError),
        ];
        panels = [.. panels.Where(panel => curves.Any(c => c.Points.Any(p => panel.Of(p) is not null)))];
        int[] counts = [.. curves.SelectMany(c => c.Points).Select(p => p.Patients).Distinct().Order()];
        var legend = 26 + 20 * ((curves.Count + 2) / 3);
        var foot = Top + legend + panels.Length * (PanelHeight + 44);
        var on = new Drawing(Width, foot + 26, title, Describe(loss, curves));
        on.Text(12, 22, title, 15, bold: true);
        foreach (var (i, curve) in curves.Index())
        {
            var (x, y) = (16 + i % 3 * 280, Top + 16 + i / 3 * 20);
            Mark.Of(i).Sample(on, x, y);
            on.Text(x + 38, y + 4, curve.Way);
        }

        foreach (var (i, (name, of)) in panels.Index())
            Panel(on, Top + legend + i * (PanelHeight + 44), name, of, curves, counts);
        on.Text(Left, foot + 12,
            "labelled patients; bars: lowest to highest of the draws of that many patients; arrow: beyond the edge",
            colour: Drawing.Soft);
        return on.Done();
    }

    private static void Panel(
        Drawing on, double top, string name, Func<CurvePoint, CurveValue?> of, IReadOnlyList<AdaptationCurve> curves,
        int[] counts)
    {
        var values = curves.SelectMany(c => c.Points).Select(of).OfType<CurveValue>().ToList();
        // One way that goes wrong with few patients must not press all others flat: a loss beyond twice the first
        // curve's is drawn at the edge, with its value. The other measures are bounded by themselves.
        var most = values.Exists(v => v.Highest > 1)
            ? 2 * curves[0].Points.Select(of).OfType<CurveValue>().Max(v => v.Highest) : double.MaxValue;
        var axis = new Axis(
            values.SelectMany(v => new[] { v.Lowest, v.Highest }), top + PanelHeight, top + 22, most: most);
        var step = (Width - Left - Right) / counts.Length;
        on.Text(Left, top + 10, name, bold: true);
        foreach (var tick in axis.Ticks)
        {
            on.Line(Left, axis.At(tick), Width - Right, axis.At(tick), Drawing.Rule, 0.7);
            on.Text(Left - 8, axis.At(tick) + 4, tick.ToString(axis.Format, CultureInfo.InvariantCulture), 11, "end",
                Drawing.Soft);
        }

        on.Line(Left, top + PanelHeight, Width - Right, top + PanelHeight);
        foreach (var (i, count) in counts.Index())
        {
            var text = i == counts.Length - 1 && count > 0 ? $"all {count}" : $"{count}";
            on.Text(Left + (i + 0.5) * step, top + PanelHeight + 16, text, 11, "middle", Drawing.Soft);
        }

        foreach (var (index, curve) in curves.Index())
        {
            var mark = Mark.Of(index);
            var aside = (index - (curves.Count - 1) / 2.0) * Math.Min(11, 0.8 * step / curves.Count);
            var points = curve.Points.Where(p => of(p) is not null)
                .Select(p => (Left + (Array.IndexOf(counts, p.Patients) + 0.5) * step + aside, of(p)!, p.Patients))
                .ToList();
            on.Path(points.Select(p => (p.Item1, axis.At(p.Item2.Mean))), mark.Colour, 1.8, mark.Dash);
            foreach (var (x, value, patients) in points)
            {
                on.Line(x, axis.At(value.Lowest), x, axis.At(value.Highest), mark.Colour, 1.2);
                if (value.Highest > axis.High)
                    on.Text(x, top + 18, $"\u2191{Number(value.Highest)}", 10, "middle", Drawing.Soft);
                mark.Draw(on, x, axis.At(value.Mean), $"{curve.Way}, {patients} patients: {Number(value.Mean)}, draws "
                    + $"{Number(value.Lowest)} to {Number(value.Highest)}");
            }
        }
    }

    private static string Describe(LossKind loss, IReadOnlyList<AdaptationCurve> curves) => string.Join("; ",
        curves.Select(c => $"{c.Way}: {Measures.NameOf(Measure.Loss, loss)} "
            + string.Join(", ", c.Points.Select(p => $"{Number(p.Loss.Mean)} with {p.Patients} patients"))));

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}

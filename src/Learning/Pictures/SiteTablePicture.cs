using System.Globalization;
using System.Xml.Linq;

namespace FedMeta.Learning;

/// <summary>
/// The table of models by site, never pooled: counts, and loss and ranking as numbers with their intervals drawn
/// beside them on one scale.
/// </summary>
public static class SiteTablePicture
{
    private const double Numbers = 190, Plot = 170, RowHeight = 22, Head = 58;

    /// <summary>Draws the rows; those of one site must stand together.</summary>
    /// <param name="title">For example the study's name.</param>
    /// <param name="loss">Names the measures.</param>
    /// <param name="rows">One or more.</param>
    public static XElement Draw(string title, LossKind loss, IReadOnlyList<SiteRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var names = Drawing.RoomFor(rows.Select(r => r.Model), 350);
        var sites = rows.Select(r => r.Site).Distinct().Count();
        var height = Head + 26 * sites + RowHeight * rows.Count + 44;
        var on = new Drawing(names + 2 * (Numbers + Plot) + 24, height, title,
            string.Join("; ", rows.Select(r => $"{r.Site}, {r.Model}: {Words(loss, r.Evaluation)}")));
        on.Text(12, 22, title, 15, bold: true);
        Column[] columns =
        [
            new(names, Measures.NameOf(Measure.Loss, loss), e => e.Loss, e => e.LossInterval, rows),
            new(names + Numbers + Plot, Measures.NameOf(Measures.Ranking(loss), loss),
                e => e.Value(Measures.Ranking(loss)), e => e.AurocInterval ?? e.ConcordanceInterval, rows),
        ];
        var y = Head + 0.0;
        foreach (var column in columns) column.Heading(on, Head, height - 40);
        string? site = null;
        foreach (var row in rows)
        {
            if (row.Site != site)
            {
                y += 26;
                on.Text(12, y - 6, SiteText(row), 13, bold: true);
                on.Line(12, y, names + 2 * (Numbers + Plot), y, Drawing.Rule);
                site = row.Site;
            }

            y += RowHeight;
            on.Text(24, y - 6, row.Model);
            foreach (var column in columns) column.Cell(on, y - 10, row.Evaluation);
        }

        on.Text(12, height - 10,
            "bars: 95 % intervals; a hyphen where a value is undefined, no bar where no interval is", 11,
            colour: Drawing.Soft);
        return on.Done();
    }

    private static string SiteText(SiteRow row) => row.Evaluation.Positives is { } positives
        ? string.Create(CultureInfo.InvariantCulture,
            $"{row.Site}: {row.Evaluation.Patients} patients, {positives} with the outcome "
            + $"({row.Evaluation.Prevalence:0.00})")
        : $"{row.Site}: {row.Evaluation.Patients} patients";

    private static string Words(LossKind loss, Evaluation e) => $"{Measures.NameOf(Measure.Loss, loss)} "
        + $"{Column.Text(e.Loss, e.LossInterval)}, {Measures.NameOf(Measures.Ranking(loss), loss)} "
        + Column.Text(e.Value(Measures.Ranking(loss)), e.AurocInterval ?? e.ConcordanceInterval);

    /// <summary>One measure: its numbers, and its intervals on one scale.</summary>
    private sealed class Column(
        double left, string name, Func<Evaluation, double?> value, Func<Evaluation, Interval?> interval,
        IReadOnlyList<SiteRow> rows)
    {
        private readonly Axis _axis = new(
            rows.Select(r => r.Evaluation).SelectMany(e => new[] { value(e), interval(e)?.Low, interval(e)?.High })
                .OfType<double>(), left + Numbers, left + Numbers + Plot - 16, 3);

        public static string Text(double? value, Interval? interval) => value is not { } v ? "-"
            : interval is { } i
            ? string.Create(CultureInfo.InvariantCulture, $"{v:0.000} ({i.Low:0.000} to {i.High:0.000})")
            : v.ToString("0.000", CultureInfo.InvariantCulture);

        public void Heading(Drawing on, double top, double bottom)
        {
            on.Text(left, top, name, bold: true);
            foreach (var tick in _axis.Ticks)
            {
                on.Line(_axis.At(tick), top + 4, _axis.At(tick), bottom, Drawing.Rule, 0.7);
                on.Text(_axis.At(tick), bottom + 14, tick.ToString(_axis.Format, CultureInfo.InvariantCulture), 11,
                    "middle", Drawing.Soft);
            }
        }

        public void Cell(Drawing on, double y, Evaluation evaluation)
        {
            on.Text(left, y + 4, Text(value(evaluation), interval(evaluation)));
            if (value(evaluation) is not { } at) return;
            if (interval(evaluation) is { } i) on.Line(_axis.At(i.Low), y, _axis.At(i.High), y, Drawing.Ink, 1.6);
            Mark.Of(1).Draw(on, _axis.At(at), y, size: 4);
        }
    }
}

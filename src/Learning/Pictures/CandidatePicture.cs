using System.Globalization;
using System.Xml.Linq;

namespace FedMeta.Learning;

/// <summary>Why an adaptation was chosen: every candidate's held-out loss, and what was left out.</summary>
public static class CandidatePicture
{
    private const double Plot = 446, Losses = 90, Right = 24, Head = 54, RowHeight = 28;

    /// <summary>Draws the candidates.</summary>
    /// <param name="title">For example the study's name.</param>
    /// <param name="candidates">Of an <see cref="AdaptationResult{T}"/>, one or more.</param>
    /// <param name="chosen">Name of the candidate that was taken.</param>
    public static XElement Draw(string title, IReadOnlyList<CandidateScore> candidates, string chosen)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var names = Drawing.RoomFor(candidates.Select(c => c.Name), 200);
        var width = names + Plot + Losses + Right;
        var foot = Head + RowHeight * candidates.Count;
        var words = string.Join("; ", candidates.Select(c => $"{c.Name}: {Words(c)}"));
        var on = new Drawing(width, foot + 52, title, words);
        on.Text(12, 22, title, 15, bold: true);
        on.Text(12, 42, $"chosen: {chosen}", colour: Drawing.Soft);
        var axis = new Axis(candidates.Where(c => c.Loss is not null).SelectMany(Ends), names, names + Plot);
        foreach (var tick in axis.Ticks)
        {
            on.Line(axis.At(tick), Head, axis.At(tick), foot, Drawing.Rule, 0.7);
            on.Text(axis.At(tick), foot + 16, tick.ToString(axis.Format, CultureInfo.InvariantCulture), 11, "middle",
                Drawing.Soft);
        }

        foreach (var (i, candidate) in candidates.Index())
        {
            var y = Head + (i + 0.5) * RowHeight;
            on.Text(12, y + 4, candidate.Name, bold: candidate.Name == chosen);
            if (candidate.Loss is not { } loss)
            {
                on.Text(names, y + 4, candidate.Remark ?? "", 11, colour: Drawing.Soft);
                continue;
            }

            var ends = Ends(candidate);
            on.Line(axis.At(ends[0]), y, axis.At(ends[1]), y, Drawing.Ink, 1.6);
            Mark.Of(candidate.Name == chosen ? 1 : 0).Draw(on, axis.At(loss), y, Words(candidate));
            on.Text(width - Right, y + 4, loss.ToString("0.000", CultureInfo.InvariantCulture), anchor: "end",
                bold: candidate.Name == chosen);
        }

        on.Text(12, foot + 38, "held-out loss, lower is better; bars: one standard error of the difference to the "
            + "lowest; the simplest within it is chosen", 11, colour: Drawing.Soft);
        return on.Done();
    }

    private static double[] Ends(CandidateScore c) =>
        [c.Loss!.Value - (c.StandardError ?? 0), c.Loss.Value + (c.StandardError ?? 0)];

    private static string Words(CandidateScore c) => c.Loss is { } loss
        ? string.Create(
            CultureInfo.InvariantCulture, $"held-out loss {loss:0.000}, standard error {c.StandardError:0.000}")
        : $"not compared, {c.Remark}";
}

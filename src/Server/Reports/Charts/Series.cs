namespace FedMeta.Server.Reports.Charts;

/// <summary>
/// A line of a chart. <c>Style</c> is a CSS class (line-1, line-2, line-forecast), so that lines differ in dash and
/// marker
/// as well as in colour. <c>Notes</c> are the hover texts of the points, one each, or empty.
/// </summary>
internal sealed record Series(string Label, string Style, IReadOnlyList<(double X, double Y)> Points,
    IReadOnlyList<string> Notes);

namespace FedMeta.Learning;

/// <summary>
/// How one of several series looks: colour (Okabe and Ito 2008, told apart by colour-blind readers), dash and marker,
/// each of which alone tells it from the others, so that a black and white print does.
/// </summary>
internal sealed record Mark(string Colour, string? Dash, bool Filled, string Shape)
{
    private static readonly Mark[] All =
    [
        new("#000000", "2 3", false, "circle"),
        new("#0072b2", null, true, "circle"),
        new("#d55e00", "9 4", true, "square"),
        new("#009e73", "5 3", true, "triangle"),
        new("#cc79a7", "9 3 2 3", false, "square"),
        new("#b35900", "1 3", false, "triangle"),
        new("#56b4e9", "14 4", true, "diamond"),
        new("#57606a", "3 6", false, "diamond"),
    ];

    /// <summary>The look of series <paramref name="index"/>.</summary>
    public static Mark Of(int index) => All[index % All.Length];

    /// <summary>Draws the marker.</summary>
    public void Draw(Drawing on, double x, double y, string? note = null, double size = 4.5)
    {
        var (l, r, t, b) = (Drawing.N(x - size), Drawing.N(x + size), Drawing.N(y - size), Drawing.N(y + size));
        var (cx, cy, s) = (Drawing.N(x), Drawing.N(y), Drawing.N(size));
        on.Shape(Shape switch
        {
            "circle" => $"M{l} {cy}a{s} {s} 0 1 0 {Drawing.N(2 * size)} 0a{s} {s} 0 1 0 {Drawing.N(-2 * size)} 0z",
            "square" => $"M{l} {t}H{r}V{b}H{l}z",
            "triangle" => $"M{l} {b}H{r}L{cx} {t}z",
            _ => $"M{cx} {t}L{r} {cy}L{cx} {b}L{l} {cy}z",
        }, Filled ? Colour : "#ffffff", Colour, note);
    }

    /// <summary>A stretch of line with its marker, for a legend.</summary>
    public void Sample(Drawing on, double x, double y)
    {
        on.Line(x, y, x + 30, y, Colour, 1.8, Dash);
        Draw(on, x + 15, y);
    }
}

using System.Globalization;
using System.Xml.Linq;

namespace FedMeta.Learning;

/// <summary>
/// An SVG picture under construction: self-contained, on white, with a title and a description for those who cannot
/// see it. Text from outside becomes text, never markup.
/// </summary>
internal sealed class Drawing
{
    public const string Ink = "#1b1f24", Soft = "#57606a", Rule = "#d0d7de";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private readonly XElement _root;

    public Drawing(double width, double height, string title, string description)
    {
        _root = new XElement(Svg + "svg",
            new XAttribute("viewBox", $"0 0 {N(width)} {N(height)}"),
            new XAttribute("width", N(width)), new XAttribute("height", N(height)),
            new XAttribute("role", "img"), new XAttribute("aria-label", title),
            new XAttribute("font-family", "system-ui, 'Noto Sans', 'Segoe UI', Arial, sans-serif"),
            new XElement(Svg + "title", title), new XElement(Svg + "desc", description));
        Box(0, 0, width, height, "#ffffff");
    }

    /// <summary>The finished picture.</summary>
    public XElement Done() => _root;

    public void Text(
        double x, double y, string text, int size = 12, string anchor = "start", string colour = Ink,
        bool bold = false, double? turned = null)
    {
        var element = Add("text", ("x", N(x)), ("y", N(y)), ("font-size", $"{size}"), ("text-anchor", anchor),
            ("fill", colour));
        if (bold) element.SetAttributeValue("font-weight", "600");
        if (turned is { } angle) element.SetAttributeValue("transform", $"rotate({N(angle)} {N(x)} {N(y)})");
        element.Value = text;
    }

    public void Line(
        double x1, double y1, double x2, double y2, string colour = Soft, double width = 1, string? dash = null)
    {
        var element = Add("line", ("x1", N(x1)), ("y1", N(y1)), ("x2", N(x2)), ("y2", N(y2)), ("stroke", colour),
            ("stroke-width", N(width)));
        if (dash is not null) element.SetAttributeValue("stroke-dasharray", dash);
    }

    public void Path(IEnumerable<(double X, double Y)> points, string colour, double width, string? dash)
    {
        var element = Add("polyline", ("points", string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"))),
            ("fill", "none"), ("stroke", colour), ("stroke-width", N(width)));
        if (dash is not null) element.SetAttributeValue("stroke-dasharray", dash);
    }

    public void Box(double x, double y, double width, double height, string fill, string? note = null)
    {
        var element = Add("rect", ("x", N(x)), ("y", N(y)), ("width", N(width)), ("height", N(height)), ("fill", fill));
        if (note is not null) element.Add(new XElement(Svg + "title", note));
    }

    /// <summary>A closed shape with an outline, such as a marker; the note appears under the pointer.</summary>
    public void Shape(string path, string fill, string stroke, string? note = null)
    {
        var element = Add("path", ("d", path), ("fill", fill), ("stroke", stroke), ("stroke-width", "1.6"));
        if (note is not null) element.Add(new XElement(Svg + "title", note));
    }

    /// <summary>Room for a column of names of size 12 in the usual fonts, margins included.</summary>
    public static double RoomFor(IEnumerable<string> names, double least) =>
        Math.Max(least, 36 + 6.6 * names.Max(name => name.Length));

    /// <summary>A number as SVG wants it.</summary>
    public static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private XElement Add(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var element = new XElement(Svg + name);
        foreach (var (key, value) in attributes) element.SetAttributeValue(key, value);
        _root.Add(element);
        return element;
    }
}

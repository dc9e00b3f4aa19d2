using System.Globalization;
using System.Xml.Linq;
using FedMeta.Learning;

namespace FedMeta.Client.Adaptation.Pages;

/// <summary>The frame of a page that a clinician opens from disk: nothing is loaded, nothing runs.</summary>
internal static class PageFrame
{
    private const string Style = """
        body{margin:0 auto;max-width:60rem;padding:1rem;color:#1b1f24;background:#fff}
        body{font:16px/1.5 system-ui,"Noto Sans",Arial,sans-serif}
        h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}p,li{max-width:46rem}
        table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
        th,td{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #d0d7de;vertical-align:top}
        .scroll{overflow-x:auto}.soft{color:#57606a;font-size:.9rem}
        .warn{border-left:5px solid #b35900;padding-left:1.5rem}
        svg{max-width:100%;height:auto}
        """;

    /// <summary>A whole HTML document.</summary>
    public static string Render(string title, params IEnumerable<XElement?> body)
    {
        var page = new XElement("html", new XAttribute("lang", "en"),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"),
                    new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("meta", new XAttribute("http-equiv", "Content-Security-Policy"),
                    new XAttribute("content", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'")),
                new XElement("title", title),
                new XElement("style", Style)),
            new XElement("body", new XElement("h1", title), body));
        return $"<!doctype html>\n{page}\n";
    }

    /// <summary>A heading and what stands under it.</summary>
    public static XElement Section(string heading, params IEnumerable<XElement?> content) =>
        new("section", new XElement("h2", heading), content);

    /// <summary>A paragraph.</summary>
    public static XElement Text(string text, string? style = null)
    {
        var paragraph = new XElement("p", text);
        if (style is not null) paragraph.SetAttributeValue("class", style);
        return paragraph;
    }

    /// <summary>A list; null where it has no item.</summary>
    public static XElement? List(IReadOnlyCollection<string> items, string? style = null)
    {
        if (items.Count == 0) return null;
        var list = new XElement("ul", items.Select(item => new XElement("li", item)));
        if (style is not null) list.SetAttributeValue("class", style);
        return list;
    }

    /// <summary>A table whose first cells are headings of their rows.</summary>
    public static XElement Table(IEnumerable<string> headings, IEnumerable<string[]> rows) =>
        new("div", new XAttribute("class", "scroll"), new XElement("table",
            new XElement("thead", new XElement("tr", headings.Select(h => Cell("th", h)))),
            new XElement("tbody", rows.Select(row => new XElement("tr",
                row.Select((cell, i) => Cell(i == 0 ? "th" : "td", cell)))))));

    /// <summary>A value with its interval; a hyphen where undefined.</summary>
    public static string Figure(double? value, Interval? interval) => value is not { } v ? "-"
        : interval is { } i
        ? string.Create(CultureInfo.InvariantCulture, $"{v:0.000} ({i.Low:0.000} to {i.High:0.000})")
        : v.ToString("0.000", CultureInfo.InvariantCulture);

    private static XElement Cell(string name, string text) => new(name, text.Length == 0 ? "\u00a0" : text);
}

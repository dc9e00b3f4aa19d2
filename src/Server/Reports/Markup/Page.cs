namespace FedMeta.Server.Reports.Markup;

/// <summary>The frame of every page: self-contained, no script, light and dark, readable without colour.</summary>
internal static class Page
{
    /// <summary>A whole HTML document. <paramref name="refresh"/> is in seconds; null for a page that does not reload
    /// itself.</summary>
    public static Html Render(string title, Html body, int? refresh = null, string language = "en") => Html.Of($"""
        <!doctype html>
        <html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        {(refresh is { } seconds ? Html.Of($"<meta http-equiv=\"refresh\" content=\"{seconds}\">") : Html.Empty)}
        <meta http-equiv="Content-Security-Policy" content="{ContentSecurityPolicy}">
        <title>{title}</title><style>{Stylesheet}</style></head>
        <body>{body}</body></html>

        """);

    /// <summary>Nothing is loaded, run or framed.</summary>
    public const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>A box with a heading. <paramref name="id"/> is its anchor.</summary>
    public static Html Panel(string id, string heading, Html body) =>
        Html.Of($"<section id=\"{id}\"><h2>{heading}</h2>{body}</section>");

    /// <summary>A table; every cell is escaped or safe already. The first cell of a row is its heading.</summary>
    public static Html Table(IEnumerable<string> headings, IEnumerable<IEnumerable<Html>> rows, string caption = "") =>
        Html.Of($"""
            <div class="scroll" tabindex="0"><table>{(caption.Length > 0 ? Html.Of($"<caption>{caption}</caption>") : Html.Empty)}<thead><tr>{headings.Select(h => Html.Of($"<th scope=\"col\">{h}</th>"))}</tr></thead><tbody>{rows.Select(r => Html.Of($"<tr>{r.Select(Cell)}</tr>"))}</tbody></table></div>
            """);

    private static Html Cell(Html content, int index) => index == 0
        ? Html.Of($"<th scope=\"row\">{content}</th>")
        : Html.Of($"<td>{content}</td>");

    /// <summary>Text as a safe piece.</summary>
    public static Html Text(string? text) => Html.Of($"{text}");

    /// <summary>The number of the journal record behind a figure.</summary>
    public static Html Record(long number) => number <= 0
        ? Html.Empty
        : Html.Of($"<a class=\"record\" href=\"#record-{number}\" title=\"journal record {number}\">#{number}</a>");

    private static readonly Html Stylesheet = Html.OwnResource("Page.css");
}

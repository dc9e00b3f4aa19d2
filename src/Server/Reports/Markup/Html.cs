namespace FedMeta.Server.Reports.Markup;

/// <summary>
/// A piece of HTML that is safe to send. It is made only from literal text of this program and from values that were
/// escaped on the way in (<see cref="HtmlBuilder"/>), so a hospital's name can never become markup.
/// </summary>
internal readonly record struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    /// <summary>Nothing.</summary>
    public static Html Empty => default;

    /// <summary>Literal markup with escaped holes: <c>Html.Of($"&lt;td&gt;{name}&lt;/td&gt;")</c>.</summary>
    public static Html Of(ref HtmlBuilder builder) => new(builder.ToStringAndClear());

    /// <summary>A file that is built into this program.</summary>
    public static Html OwnResource(string name)
    {
        using var stream = typeof(Html).Assembly.GetManifestResourceStream($"FedMeta.Server.Reports.Markup.{name}")
            ?? throw new InvalidOperationException($"{name} is not built in");
        using var reader = new StreamReader(stream);
        return new Html(reader.ReadToEnd());
    }

    /// <summary>Pieces one after another.</summary>
    public static Html Concat(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(p => p.ToString())));

    /// <summary>The markup.</summary>
    public override string ToString() => _text ?? "";
}

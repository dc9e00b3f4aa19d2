using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace FedMeta.Server.Reports.Markup;

/// <summary>Turns an interpolated string into <see cref="Html"/>: literals pass, every value is escaped, numbers are
/// invariant.</summary>
[InterpolatedStringHandler]
internal ref struct HtmlBuilder
{
    private readonly StringBuilder _text;

    /// <summary>Called by the compiler.</summary>
    public HtmlBuilder(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength
        + formattedCount * 16);

    /// <summary>Text of this program.</summary>
    public readonly void AppendLiteral(string literal) => _text.Append(literal);

    /// <summary>Markup that is already safe.</summary>
    public readonly void AppendFormatted(Html html) => _text.Append(html.ToString());

    /// <summary>Several pieces of safe markup.</summary>
    public readonly void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (var piece in pieces)
            _text.Append(piece.ToString());
    }

    /// <summary>Text from outside.</summary>
    public readonly void AppendFormatted(string? value) => _text.Append(WebUtility.HtmlEncode(value));

    /// <summary>A value, in the invariant culture.</summary>
    public readonly void AppendFormatted<T>(T value, string? format = null)
        where T : IFormattable =>
        _text.Append(WebUtility.HtmlEncode(value.ToString(format, CultureInfo.InvariantCulture)));

    /// <summary>The finished text.</summary>
    public readonly string ToStringAndClear() => _text.ToString();
}

namespace FedMeta.Protocol;

/// <summary>
/// Leaves the parser's recursion at a syntax error; <see cref="TomlReader"/> catches it at the end of the line.
/// </summary>
internal sealed class TomlSyntaxException(int line, string what, string hint) : Exception(what)
{
    public DocumentProblem Problem { get; } = new(line, what, hint);
}

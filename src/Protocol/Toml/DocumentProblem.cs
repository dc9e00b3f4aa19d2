namespace FedMeta.Protocol;

/// <summary>One thing that is wrong in a text that a person wrote.</summary>
/// <param name="Line">From 1; 0 where it concerns the whole text.</param>
/// <param name="What">What is wrong, with the key it concerns.</param>
/// <param name="Hint">What to write instead.</param>
public sealed record DocumentProblem(int Line, string What, string Hint)
{
    /// <summary>What is wrong. What the text itself says is quoted with its invisible characters as escapes.</summary>
    public string What { get; } = PlainText.Show(What);

    /// <summary><c>line 7: what (hint)</c>.</summary>
    public override string ToString() => Line > 0 ? $"line {Line}: {What} ({Hint})" : $"{What} ({Hint})";
}

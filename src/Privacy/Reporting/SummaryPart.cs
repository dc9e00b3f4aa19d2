namespace FedMeta.Privacy;

/// <summary>One paragraph of a summary.</summary>
/// <param name="Heading">The question that it answers.</param>
/// <param name="Text">The answer, a few sentences.</param>
public sealed record SummaryPart(string Heading, string Text);

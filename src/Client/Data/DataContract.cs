namespace FedMeta.Client.Data;

/// <summary>What a study demands of a hospital's file: columns by name, the label's kind, and how many rows.</summary>
/// <param name="Features">Feature columns in the order of the model's inputs.</param>
/// <param name="Label">The label column.</param>
/// <param name="LabelKind">What the label column may hold.</param>
/// <param name="Classes">Number of classes; 2 for a binary label, 1 for regression.</param>
/// <param name="Fold">Column that says <c>train</c> or <c>test</c>; null where the study names none.</param>
/// <param name="MinRows">Fewest training rows that may take part.</param>
internal sealed record DataContract(
    IReadOnlyList<string> Features, string Label, LabelKind LabelKind, int Classes, string? Fold, int MinRows)
{
    /// <summary>Column with the time until the event or the last contact; null where the study is not about survival.
    /// </summary>
    public string? Time { get; init; }

    /// <summary>Most training rows that one round uses; null where the study sets no bound on rows.</summary>
    public int? MaxRows { get; init; }
}

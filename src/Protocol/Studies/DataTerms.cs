namespace FedMeta.Protocol;

/// <summary>What a hospital's data must be like.</summary>
/// <param name="Label">Column to predict; for cox 1 where the event happened and 0 where it was not seen.</param>
/// <param name="MinRows">Fewest training rows with which a hospital takes part.</param>
/// <param name="Fold">Column that says train or test; empty for none.</param>
/// <param name="Features">The model's inputs in order; at least one.</param>
/// <param name="MaxRows">Most training rows of a hospital that one round uses, where each patient's gradient is a vector
/// of its own (<see cref="StudyTerms.IsPerPatient"/>); else 0. Public: a hospital with more rows draws anew each
/// round which of them take part.</param>
/// <param name="Time">For cox the column with the time until the event or the last contact; else empty.</param>
public sealed record DataTerms(
    string Label, int MinRows, string Fold, IReadOnlyList<Feature> Features, int MaxRows = 0,
    string Time = "");

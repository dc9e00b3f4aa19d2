namespace FedMeta.Learning;

/// <summary>Why a value or its interval is missing.</summary>
/// <param name="Measure">Which.</param>
/// <param name="Why">For the hospital's reader.</param>
public sealed record UndefinedMeasure(Measure Measure, string Why);

namespace FedMeta.Privacy;

/// <summary>The best bound that a Renyi curve gives, and where (docs/proofs/accounting.md, Composition and
/// conversion).</summary>
/// <param name="Value">The epsilon or the delta.</param>
/// <param name="Order">The first order that gives it.</param>
public readonly record struct RenyiBound(double Value, double Order);

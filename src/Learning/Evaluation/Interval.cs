namespace FedMeta.Learning;

/// <summary>An interval around an estimate.</summary>
public readonly record struct Interval(double Low, double High);

namespace FedMeta.Protocol;

/// <summary>
/// A column that is an input of the model, scaled by public constants that nobody computes from patients:
/// input = (value - centre) / scale. A missing value counts as the centre.
/// </summary>
/// <param name="Name">The column.</param>
/// <param name="Centre">Finite.</param>
/// <param name="Scale">Finite and above 0.</param>
public sealed record Feature(string Name, double Centre, double Scale);

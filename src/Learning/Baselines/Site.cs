namespace FedMeta.Learning;

/// <summary>One hospital's patients, split once: models are fitted to Train and judged on Test.</summary>
/// <param name="Name">The hospital.</param>
/// <param name="Train">Patients to learn from.</param>
/// <param name="Test">Patients that no method may learn from.</param>
public sealed record Site(string Name, Batch<double> Train, Batch<double> Test);

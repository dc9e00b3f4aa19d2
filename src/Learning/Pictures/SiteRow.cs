namespace FedMeta.Learning;

/// <summary>One model at one site, a row of the per-site table.</summary>
/// <param name="Site">The hospital.</param>
/// <param name="Model">The model, in words.</param>
/// <param name="Evaluation">How it did there.</param>
public sealed record SiteRow(string Site, string Model, Evaluation Evaluation);

namespace FedMeta.Learning;

/// <summary>What reading a model file gave: exactly one of the two is set.</summary>
/// <param name="Model">The model, complete and checked.</param>
/// <param name="Refusal">Why the bytes are no model file, for the person who chose the file.</param>
public sealed record ModelFileReading(ModelFile? Model, string? Refusal);

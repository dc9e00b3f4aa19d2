namespace FedMeta.Server.Models;

/// <summary>What a round made: hashes (hex) of the new model and optimiser state, and the L2 norm of the released
/// mean.</summary>
internal sealed record StepResult(string Model, string Optimizer, double UpdateNorm, bool NearWrap);

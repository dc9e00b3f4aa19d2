namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>What reading a packed file gave: exactly one of the two is set.</summary>
/// <param name="Set">The characters, complete and checked.</param>
/// <param name="Refusal">Why the bytes are no such file.</param>
internal sealed record CharacterSetReading(CharacterSet? Set, string? Refusal);

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>One character.</summary>
/// <param name="Alphabet">Index of its alphabet.</param>
/// <param name="Number">Its number within the alphabet.</param>
internal readonly record struct Character(int Alphabet, int Number);

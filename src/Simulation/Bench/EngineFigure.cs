namespace FedMeta.Simulation.Bench;

/// <summary>One figure of the engine's benches.</summary>
/// <param name="Name">In JSON; ends in its unit.</param>
/// <param name="Words">For people.</param>
/// <param name="Value">In the unit.</param>
internal sealed record EngineFigure(string Name, string Words, double Value);

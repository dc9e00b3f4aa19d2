namespace FedMeta.Simulation.Check;

/// <summary>One value that is not as the file says.</summary>
internal sealed record CheckFailure(string Row, string Column, string Ours, string Theirs, string Why);

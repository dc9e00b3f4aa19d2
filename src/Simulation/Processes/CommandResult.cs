namespace FedMeta.Simulation.Processes;

/// <summary>How a short command ended.</summary>
internal sealed record CommandResult(string CommandLine, int ExitCode, string Output, string Errors);

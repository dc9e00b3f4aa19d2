namespace FedMeta.Client.Tests.Rounds;

/// <summary>Nothing after it may happen in that process.</summary>
internal sealed class ProcessDied : Exception;

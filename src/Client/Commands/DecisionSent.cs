namespace FedMeta.Client.Commands;

/// <summary>A decision that the server took.</summary>
internal sealed record DecisionSent(string Study, string Hash, string Decision, StudyCost? Cost);

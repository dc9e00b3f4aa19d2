namespace FedMeta.Server.State.Facts;

/// <summary>What the operator did beyond what other records say: pause, resume, stop.</summary>
internal sealed record OperatorAction(string Action, string Subject) : Fact;

namespace FedMeta.Server.State.Facts;

/// <summary>The operator took a meta-model out.</summary>
internal sealed record ModelRead(string Study, string Model, string Reader) : Fact;

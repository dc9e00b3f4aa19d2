namespace FedMeta.Server.State.Facts;

/// <summary>The operator lets a hospital back into the rounds of a study that it was shut out of.</summary>
internal sealed record ClientReadmitted(string Study, string Client) : Fact;

namespace FedMeta.Server.State.Facts;

/// <summary>One thing that happened, as one journal record holds it. The closed list stands in
/// <see cref="FactCodec"/>.</summary>
internal abstract record Fact;

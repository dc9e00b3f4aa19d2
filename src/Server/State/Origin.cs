namespace FedMeta.Server.State;

/// <summary>Where a piece of state comes from: the journal record's number and time (UTC).</summary>
internal readonly record struct Origin(long Record, DateTimeOffset Time);

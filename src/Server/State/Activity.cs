namespace FedMeta.Server.State;

/// <summary>One line of the activity list. <c>Study</c> is the hash of the study it belongs to, or empty.</summary>
internal sealed record Activity(Origin Origin, string Study, string Text);

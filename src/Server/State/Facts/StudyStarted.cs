namespace FedMeta.Server.State.Facts;

/// <summary>Every member has decided and enough of them approved.</summary>
internal sealed record StudyStarted(string Study, IReadOnlyList<string> Approved) : Fact;

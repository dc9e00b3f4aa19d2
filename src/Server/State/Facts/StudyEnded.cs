namespace FedMeta.Server.State.Facts;

/// <summary>The study is over: <c>State</c> is completed, partial or stopped.</summary>
internal sealed record StudyEnded(string Study, string State, string Reason, string Model) : Fact;

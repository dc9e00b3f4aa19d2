namespace FedMeta.Server.State.Facts;

/// <summary>A report left the coordinator; <c>Digest</c> is the SHA-256 (hex) of its bytes.</summary>
internal sealed record ReportMade(string Study, string Kind, string Format, string Digest) : Fact;

namespace FedMeta.Server.State.Facts;

/// <summary>A hospital used its invite. <c>Request</c> is the PKCS#10 in Base64, <c>Key</c> its
/// SubjectPublicKeyInfo.</summary>
internal sealed record ClientRequested(string Client, string Request, string Key, string Version) : Fact;

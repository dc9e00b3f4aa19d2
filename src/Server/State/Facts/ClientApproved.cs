namespace FedMeta.Server.State.Facts;

/// <summary>The operator compared the six words and let the hospital in. <c>Certificate</c> is DER in Base64.</summary>
internal sealed record ClientApproved(string Client, string Certificate, long ExpiresAt) : Fact;

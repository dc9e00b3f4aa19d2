namespace Grpc.Core;

/// <summary>Checks a server whose chain was found valid.</summary>
/// <param name="context">The server.</param>
/// <returns>Whether the connection may go on.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

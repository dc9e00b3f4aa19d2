using System.Security.Cryptography.X509Certificates;

namespace FedMeta.Server.Hosting;

/// <summary>The authority's certificate alone: all that a running coordinator needs to check callers.</summary>
internal sealed record ConsortiumCertificate(X509Certificate2 Certificate);

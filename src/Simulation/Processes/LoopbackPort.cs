using System.Net;
using System.Net.Sockets;

namespace FedMeta.Simulation.Processes;

internal static class LoopbackPort
{
    /// <summary>A TCP port of 127.0.0.1 that the system says is free.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FedMeta.Protocol.Tests;

/// <summary>A proxy that knows CONNECT and nothing else.</summary>
internal sealed class TestProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string? _credentials;
    private readonly bool _refuses;

    /// <param name="credentials">What <c>user:password</c> it asks for; null for none.</param>
    /// <param name="refuses">Whether it forbids every destination.</param>
    public TestProxy(string? credentials = null, bool refuses = false)
    {
        (_credentials, _refuses) = (credentials, refuses);
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>First lines of the requests that arrived.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Requests { get; } = [];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        using var onward = new TcpClient();
        try
        {
            var stream = client.GetStream();
            var (target, isKnown) = await ReadRequest(stream);
            if (!isKnown)
            {
                await Answer(
                    stream,
                    "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"hospital\"");
                (target, isKnown) = await ReadRequest(stream);
            }

            if (!isKnown || _refuses)
            {
                await Answer(stream, "403 Forbidden");
                return;
            }

            var parts = target.Split(':');
            await onward.ConnectAsync(parts[0], int.Parse(parts[1]), _stop.Token);
            await Answer(stream, "200 OK");
            var there = onward.GetStream();
            await Task.WhenAny(stream.CopyToAsync(there, _stop.Token), there.CopyToAsync(stream, _stop.Token));
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or SocketException)
        {
            // One side went away.
        }
    }

    private async Task<(string Target, bool IsKnown)> ReadRequest(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n");
        Requests.Enqueue(lines[0]);
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes(_credentials ?? ""));
        return (lines[0].Split(' ')[1], _credentials is null || lines.Contains($"Proxy-Authorization: Basic {basic}"));
    }

    private static Task Answer(NetworkStream stream, string status) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n")).AsTask();
}

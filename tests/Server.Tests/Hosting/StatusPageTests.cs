using System.Net;
using FedMeta.Server.Hosting;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Tests.Hosting;

public sealed class StatusPageTests
{
    [Fact]
    public async Task The_status_page_answers_on_loopback_to_its_own_name_and_to_reading_alone()
    {
        using var home = new TestHome(TimeProvider.System);
        var port = FreePort();
        var configuration = ServerConfiguration.Load(home.Home) with
        {
            Listen = new(IPAddress.Loopback, 0),
            DashboardPort = port
        };
        using var random = System.Security.Cryptography.RandomNumberGenerator.Create();
        await using var host = ServerHost.Build(home.Home, configuration, TimeProvider.System, random, l =>
            l.SetMinimumLevel(LogLevel.Error));
        await host.StartAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        var answer = await http.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("FedMeta coordinator", await answer.Content.ReadAsStringAsync());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/study/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsync("/", null)).StatusCode);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example.org" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(rebound)).StatusCode);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

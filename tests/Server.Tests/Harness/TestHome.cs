using FedMeta.Protocol;
using FedMeta.Server.Hosting;
using FedMeta.Server.Initialisation;

namespace FedMeta.Server.Tests.Harness;

/// <summary>An initialised coordinator's folder that goes with the test.</summary>
internal sealed class TestHome : IDisposable
{
    private readonly string _folder;

    public TestHome(TimeProvider time, string address = "127.0.0.1:9443", bool initialise = true,
        string? parent = null)
    {
        _folder = Path.Combine(parent ?? Path.GetTempPath(), "fedmeta-" + Path.GetRandomFileName());
        Home = ServerHome.In(_folder);
        if (!initialise)
            return;
        Assert.True(ServerAddress.TryParse(address, out var parsed));
        ServerInitialiser.Run(Home, parsed, time);
    }

    public ServerHome Home { get; }

    public string Folder => _folder;

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}

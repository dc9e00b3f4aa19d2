using System.Security.Cryptography;
using FedMeta.Protocol;
using FedMeta.Server.Hosting;
using FedMeta.Server.Initialisation;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Tests.Hosting;

public sealed class InitialisationTests
{
    private static readonly ServerAddress Address = new("127.0.0.1", 9443);

    // Files in the order in which they appear.
    private static string[] Files(ServerHome home) =>
    [
        home.AuthorityCertificate, Path.Combine(home.Consortium, "authority.key"), home.ServerKey,
        home.ServerCertificate, home.OperatorKey, home.OperatorCertificate,
        Path.Combine(home.Journal, "journal.jsonl"), home.Configuration,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task An_interrupted_init_is_finished_by_running_it_again(int written)
    {
        using var home = new TestHome(TimeProvider.System);
        var files = Files(home.Home);
        Assert.All(files, file => Assert.True(File.Exists(file), file));
        foreach (var file in files.Skip(written))
            File.Delete(file);
        var keys = files.Take(written).Where(f => f.EndsWith(".key", StringComparison.Ordinal))
            .ToDictionary(f => f, File.ReadAllText);
        ServerInitialiser.Run(home.Home, Address, TimeProvider.System);
        Assert.All(keys, key => Assert.Equal(key.Value, File.ReadAllText(key.Key)));
        using var random = RandomNumberGenerator.Create();
        var configuration = ServerConfiguration.Load(home.Home);
        await using var host = ServerHost.Build(home.Home, configuration, TimeProvider.System, random, _ => { });
        using var authority = CertificateFiles.Load(home.Home.AuthorityCertificate);
        using var person = CertificateFiles.Load(home.Home.OperatorCertificate);
        Assert.True(PeerCertificate.TryVerify(person, authority, TimeProvider.System, out _));
    }

    [Fact]
    public void A_coordinator_whose_authority_is_kept_elsewhere_is_never_initialised_over()
    {
        using var home = new TestHome(TimeProvider.System);
        File.Delete(home.Home.Configuration);
        File.Delete(Path.Combine(home.Home.Consortium, "authority.key"));
        var before = File.ReadAllText(home.Home.AuthorityCertificate);
        var error = Assert.Throws<FedMetaException>(
            () => ServerInitialiser.Run(home.Home, Address, TimeProvider.System));
        Assert.Equal(ExitCode.AlreadyInitialised, error.Code);
        Assert.Equal(before, File.ReadAllText(home.Home.AuthorityCertificate));
    }

    [Fact]
    public void A_coordinator_whose_journal_is_gone_does_not_start_with_an_empty_one()
    {
        using var home = new TestHome(TimeProvider.System);
        Directory.Delete(home.Home.Journal, recursive: true);
        using var random = RandomNumberGenerator.Create();
        var error = Assert.Throws<FedMetaException>(() => ServerHost.Build(
            home.Home, ServerConfiguration.Load(home.Home), TimeProvider.System, random, _ => { }));
        Assert.Equal(ExitCode.JournalDamaged, error.Code);
        Assert.False(Directory.Exists(home.Home.Journal));
    }
}

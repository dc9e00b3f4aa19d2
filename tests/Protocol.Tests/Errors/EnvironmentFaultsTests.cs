using System.Net;
using System.Net.Sockets;

namespace FedMeta.Protocol.Tests;

public class EnvironmentFaultsTests
{
    [UnixFact]
    public void A_full_disk_is_named()
    {
        var error = Assert.Throws<FedMetaException>(() => EnvironmentFaults.Explaining("the journal", () =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            full.Write("x"u8);
        }));
        Assert.Equal(ExitCode.DiskFull, error.Code);
        Assert.Equal("the disk is full: the journal", error.What);
        Assert.IsType<IOException>(error.InnerException, exactMatch: false);
    }

    [Fact]
    public void A_port_that_is_taken_is_named_even_deep_inside()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        var fault = Assert.Throws<SocketException>(() =>
        {
            using var second = new TcpListener(IPAddress.Loopback, ((IPEndPoint)first.LocalEndpoint).Port);
            second.ExclusiveAddressUse = true;
            second.Start();
        });
        var error = EnvironmentFaults.TryExplain(
            new IOException("bind", new InvalidOperationException("in", fault)), "port 1");
        Assert.Equal(ExitCode.PortInUse, error!.Code);
        Assert.Contains("port 1", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_missing_folder_are_named()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in (string[])[folder["none"], Path.Combine(folder["none"], "none")])
        {
            var error = Assert.Throws<FedMetaException>(
                () => EnvironmentFaults.Explaining(path, () => File.ReadAllText(path)));
            Assert.Equal(ExitCode.NotFound, error.Code);
            Assert.Contains(path, error.What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Denied_access_is_named()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<FedMetaException>(() => EnvironmentFaults.Explaining(folder.Root, () =>
        {
            // A folder cannot be opened as a file, by anyone: not even by the user whom every other right is granted.
            using var file = new FileStream(folder.Root, FileMode.Open, FileAccess.ReadWrite);
        }));
        Assert.Equal(ExitCode.Permission, error.Code);
    }

    [Theory]
    [InlineData(30, ExitCode.Permission, "read-only")]
    [InlineData(13, ExitCode.Permission, "access is denied")]
    [InlineData(28, ExitCode.DiskFull, "the disk is full")]
    [InlineData(122, ExitCode.DiskFull, "quota")]
    [InlineData(unchecked((int)0x80070070), ExitCode.DiskFull, "the disk is full")]
    public void Error_numbers_have_a_meaning(int number, ExitCode code, string what)
    {
        var error = EnvironmentFaults.TryExplain(new IOException("message", number), "x");
        Assert.Equal(code, error!.Code);
        Assert.Contains(what, error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_left_alone()
    {
        Assert.Null(EnvironmentFaults.TryExplain(new IOException("odd", 5), "x"));
        Assert.Throws<IOException>(() => EnvironmentFaults.Explaining("x", () => throw new IOException("odd", 5)));
        var known = new FedMetaException(ExitCode.Data, "what", "hint");
        Assert.Same(known, EnvironmentFaults.TryExplain(known, "x"));
    }
}

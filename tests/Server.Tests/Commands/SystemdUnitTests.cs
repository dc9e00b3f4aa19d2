using FedMeta.Server.Commands;
using FedMeta.Tests.Support;

namespace FedMeta.Server.Tests.Commands;

public sealed class SystemdUnitTests
{
    [Fact]
    public void The_installed_unit_is_the_shipped_one_for_this_program_and_home()
    {
        string[] own = ["ExecStart=", "StateDirectory", "ReadWritePaths="];
        var shipped = File.ReadLines(CheckoutFolder.At("deploy/systemd/fedmeta.service"))
            .SkipWhile(line => !line.StartsWith('[')).Where(line => !own.Any(line.StartsWith));
        var text = SystemdUnit.Text("/opt/here/fedmeta", "/srv/fedmeta", "/srv/fedmeta").Split('\n')[..^1];
        Assert.Equal(shipped, text.Where(line => !own.Any(line.StartsWith)));
        Assert.Contains("ExecStart=/opt/here/fedmeta serve --home /srv/fedmeta", text);
        Assert.Contains("ReadWritePaths=/srv/fedmeta", text);
    }

    [Fact]
    public void The_default_folders_need_no_home_in_the_unit()
    {
        var text = SystemdUnit.Text("/opt/here/fedmeta", "/var/lib/fedmeta", "/etc/fedmeta").Split('\n');
        Assert.Contains("ExecStart=/opt/here/fedmeta serve", text);
    }
}

using System.Net;
using System.Net.Sockets;
using FedMeta.Server.Commands;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Commands;

public sealed class CommandTests
{
    [Fact]
    public async Task A_folder_without_init_is_named_with_what_to_run()
    {
        using var home = new TestHome(TimeProvider.System, initialise: false);
        var (code, _, error) = await RunAsync("serve", "--home", home.Folder);
        Assert.Equal(33, code);
        Assert.Contains("hint: run: fedmeta server init", error);
        Assert.Contains("code: 33 not-initialised", error);
    }

    [Fact]
    public async Task Init_works_once()
    {
        using var home = new TestHome(TimeProvider.System, initialise: false);
        var (code, output, error) = await RunAsync("server", "init", "--host", "127.0.0.1:9444", "--home", home.Folder);
        Assert.True(code == 0, error);
        Assert.Contains("ready", output);
        Assert.Equal(34, (await RunAsync("server", "init", "--host", "127.0.0.1:9444", "--home", home.Folder)).Code);
        Assert.Contains("listen = \"127.0.0.1\"", await File.ReadAllTextAsync(home.Home.Configuration));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home.Home.OperatorKey));
    }

    [Fact]
    public async Task A_port_in_use_is_said_as_such()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var home = new TestHome(TimeProvider.System, $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var (code, _, error) = await RunAsync("serve", "--home", home.Folder);
        Assert.Equal(30, code);
        Assert.Contains("code: 30 port-in-use", error);
    }

    [Fact]
    public async Task An_unknown_key_is_named_with_the_nearest_right_one()
    {
        using var home = new TestHome(TimeProvider.System);
        await File.AppendAllTextAsync(home.Home.Configuration, "\ndashbord_port = 8080\n");
        var (code, _, error) = await RunAsync("serve", "--home", home.Folder);
        Assert.Equal(10, code);
        Assert.Contains("dashboard_port", error);
    }

    [Fact]
    public async Task A_damaged_journal_is_refused_with_the_record()
    {
        using var home = new TestHome(TimeProvider.System);
        var file = Directory.GetFiles(home.Home.Journal).OrderByDescending(f => new FileInfo(f).Length).First();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var (code, _, error) = await RunAsync("serve", "--home", home.Folder);
        Assert.Equal(40, code);
        Assert.Contains("record 1", error);
    }

    [Fact]
    public async Task A_coordinator_that_does_not_run_is_unreachable_and_json_errors_are_one_object()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var home = new TestHome(TimeProvider.System, $"127.0.0.1:{port}");
        var (code, _, error) = await RunAsync("client", "list", "--json", "--home", home.Folder);
        Assert.Equal(20, code);
        using var json = System.Text.Json.JsonDocument.Parse(error);
        Assert.Equal("server-unreachable", json.RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_study_file_is_checked_for_everything_at_once()
    {
        using var home = new TestHome(TimeProvider.System);
        var path = Path.Combine(home.Folder, "bad.toml");
        var text = System.Text.Encoding.UTF8.GetString(Drafts.Sound()).Replace("threshold = 4", "threshold = 3",
            StringComparison.Ordinal)
            .Replace("clip = 0.5", "clip = 0.5\nclipp = 1", StringComparison.Ordinal).Replace("epsilon = 3.0",
                "epsilon = -1", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text);
        var (code, _, error) = await RunAsync("study", "check", path);
        Assert.Equal(12, code);
        Assert.Contains("clipp", error);
        Assert.Contains("epsilon", error);
    }

    [Fact]
    public async Task The_template_of_study_new_is_sound()
    {
        using var home = new TestHome(TimeProvider.System);
        var path = Path.Combine(home.Folder, "new.toml");
        Assert.Equal(0, (await RunAsync("study", "new", path)).Code);
        var (code, output, error) = await RunAsync("study", "check", path, "--members", "6");
        Assert.True(code == 0, error);
        Assert.Contains("is sound for 6 hospitals", output);
        Assert.Equal(2, (await RunAsync("study", "new", path)).Code);
    }

    [Theory]
    [InlineData("server init")]
    [InlineData("serve")]
    [InlineData("client invite")]
    [InlineData("client approve")]
    [InlineData("client list")]
    [InlineData("client show")]
    [InlineData("client revoke")]
    [InlineData("study new")]
    [InlineData("study check")]
    [InlineData("study propose")]
    [InlineData("study list")]
    [InlineData("study show")]
    [InlineData("study watch")]
    [InlineData("study pause")]
    [InlineData("study resume")]
    [InlineData("study stop")]
    [InlineData("model get")]
    [InlineData("report privacy")]
    [InlineData("report participation")]
    [InlineData("report study")]
    [InlineData("audit verify")]
    [InlineData("audit export")]
    [InlineData("doctor")]
    public async Task Every_command_has_one_screen_of_help_with_an_example(string command)
    {
        var (code, output, _) = await RunAsync([.. command.Split(' '), "--help"]);
        Assert.Equal(0, code);
        Assert.Contains($"Example: fedmeta {command}", output);
        Assert.InRange(output.Split('\n').Length, 5, 30);
    }

    [Fact]
    public async Task A_wrong_command_line_is_a_usage_error() => Assert.Equal(2, (await RunAsync("client", "invite"))
        .Code);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, TextReader.Null, output, error, TimeProvider.System);
        return (code, output.ToString(), error.ToString());
    }
}

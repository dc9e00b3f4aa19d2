using System.Net;
using System.Net.Sockets;
using FedMeta.Protocol;
using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Processes;
using FedMeta.Tests.Support;

namespace FedMeta.EndToEnd.Tests;

/// <summary>
/// What goes wrong in practice, with real processes: each says what, a hint and a code, and loses nothing.
/// </summary>
public sealed class FailureTests : IAsyncLifetime
{
    private readonly Workplace _place = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _place.DisposeAsync().AsTask();

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await _place.ServerAsync("server", "init", "--host", $"127.0.0.1:{port}", "--home", _place.At("c"));
        SettingsFile.Set(Path.Combine(_place.At("c"), "server.toml"), "listen", "\"127.0.0.1\"");

        AssertError(await _place.ServerAsync("serve", "--home", _place.At("c")), ExitCode.PortInUse);
    }

    [Fact]
    public async Task A_home_that_is_initialised_twice_is_refused_and_keeps_its_keys()
    {
        await _place.ServerAsync("server", "init", "--host", "127.0.0.1:7443", "--home", _place.At("c"));
        var before = Files(_place.At("c"));

        AssertError(await _place.ServerAsync("server", "init", "--host", "127.0.0.1:7443", "--home", _place.At("c")),
            ExitCode.AlreadyInitialised);
        Assert.Equal(before, Files(_place.At("c")));
    }

    [Fact]
    public async Task A_home_that_was_never_initialised_is_named()
    {
        AssertError(await _place.ServerAsync("serve", "--home", _place.At("nowhere")), ExitCode.NotInitialised);
        AssertError(await _place.ClientAsync("run", "--home", _place.At("nowhere")), ExitCode.NotInitialised);
    }

    [Fact]
    public async Task An_unknown_key_in_the_server_s_file_is_named()
    {
        await _place.ServerAsync("server", "init", "--host", "127.0.0.1:7443", "--home", _place.At("c"));
        File.AppendAllText(Path.Combine(_place.At("c"), "server.toml"), "\nlogg_level = \"debug\"\n");

        var result = await _place.ServerAsync("serve", "--home", _place.At("c"));

        AssertError(result, ExitCode.Configuration);
        Assert.Contains("logg_level", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_key_in_a_study_file_is_named_with_its_line()
    {
        var study = _place.At("study.toml");
        File.WriteAllText(study, File.ReadAllText(CheckoutFolder.At("samples/heart.toml")).Replace("clip =", "clipp "
            + "=", StringComparison.Ordinal));

        var result = await _place.ServerAsync("study", "check", study);

        AssertError(result, ExitCode.StudyDocument);
        Assert.Contains("clipp", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_another_key_than_the_pinned_one_is_not_trusted()
    {
        await _place.Coordinator.StartAsync(CancellationToken.None);
        var hospital = _place.Hospital("lakeside-heart");
        await hospital.JoinAsync(_place.Coordinator, CancellationToken.None);
        var pin = Convert.ToBase64String(new byte[32]).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        SettingsFile.Set(Path.Combine(hospital.Home, "client.toml"), "pin", $"\"{pin}\"");

        var result = await _place.ClientAsync("study", "list", "--home", hospital.Home);

        AssertError(result, ExitCode.WrongServerKey);
    }

    [Fact]
    public async Task An_invite_works_once()
    {
        await _place.Coordinator.StartAsync(CancellationToken.None);
        var (invite, _) = await _place.Coordinator.InviteAsync("lakeside-heart", CancellationToken.None);
        string[] Join(string home) =>
            ["join", "-", "--data", CheckoutFolder.At("samples/hospitals/lakeside-heart.csv"), "--home",
                _place.At(home)];
        Assert.Equal(0,
            (await _place.Processes.TryAsync(Executable.Client, Join("first"), CancellationToken.None, invite))
                .ExitCode);

        var second = await _place.Processes.TryAsync(Executable.Client, Join("second"), CancellationToken.None, invite);

        AssertError(second, ExitCode.InviteRefused);
    }

    [Fact]
    public async Task A_hospital_that_is_not_approved_yet_is_told_so()
    {
        await _place.Coordinator.StartAsync(CancellationToken.None);
        var (invite, _) = await _place.Coordinator.InviteAsync("lakeside-heart", CancellationToken.None);
        var data = CheckoutFolder.At("samples/hospitals/lakeside-heart.csv");
        await _place.Processes.RunAsync(
            Executable.Client, ["join", "-", "--data", data, "--home", _place.At("h")], CancellationToken.None, invite);

        AssertError(await _place.ClientAsync("study", "list", "--home", _place.At("h")), ExitCode.NotEnrolled);
    }

    [Fact]
    public async Task A_revoked_hospital_is_shut_out_on_its_next_call()
    {
        await _place.Coordinator.StartAsync(CancellationToken.None);
        var hospital = _place.Hospital("lakeside-heart");
        await hospital.JoinAsync(_place.Coordinator, CancellationToken.None);
        await hospital.RunAsync(["study", "list"], CancellationToken.None);
        await _place.Coordinator.RunAsync(["client", "revoke", "lakeside-heart"], CancellationToken.None);

        AssertError(await _place.ClientAsync("study", "list", "--home", hospital.Home), ExitCode.Revoked);
    }

    [Fact]
    public async Task A_coordinator_that_is_away_is_named()
    {
        await _place.ServerAsync("server", "init", "--host", $"127.0.0.1:{LoopbackPort.Free()}", "--home",
            _place.At("c"));

        AssertError(await _place.ServerAsync("client", "list", "--home", _place.At("c")), ExitCode.ServerUnreachable);
    }

    [Fact]
    public async Task A_flipped_bit_in_an_exported_journal_is_found_with_its_record()
    {
        await _place.Coordinator.StartAsync(CancellationToken.None);
        await _place.Hospital("lakeside-heart").JoinAsync(_place.Coordinator, CancellationToken.None);
        var journal = Directory.EnumerateFiles(Path.Combine(_place.Coordinator.Home, "journal")).OrderBy(f => f)
            .First();
        var copy = _place.At("journal.jsonl");
        var text = File.ReadAllText(journal);
        File.WriteAllText(copy, text.Replace("lakeside-heart", "lakeside-haert", StringComparison.Ordinal));

        var result = await _place.ServerAsync("audit", "verify", copy);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("record", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_typing_error_in_a_command_is_a_usage_error()
    {
        AssertError(await _place.ServerAsync("studdy", "list"), ExitCode.Usage);
        AssertError(await _place.ClientAsync("joyn"), ExitCode.Usage);
    }

    private static void AssertError(CommandResult result, ExitCode code)
    {
        Assert.True(result.ExitCode == (int)code, $"{result.CommandLine} ended with {result.ExitCode}: "
            + $"{result.Output}{result.Errors}");
        Assert.Contains("error: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("hint: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"code: {(int)code} ", result.Errors, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/journal/", StringComparison.Ordinal))
            .ToDictionary(f => f, f =>
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));
}

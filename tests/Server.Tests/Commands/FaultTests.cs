using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using FedMeta.Protocol;
using FedMeta.Server.Commands;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Server.Tests.Commands;

public sealed class FaultTests
{
    [Fact]
    public async Task Watching_a_study_does_not_call_a_coordinator_that_stops_a_success()
    {
        await using var federation = await Federation.WithStudyAsync();
        OperatorConsole.PointCommandsAtTheHost(federation);
        using var output = new SignallingWriter();
        using var error = new StringWriter();
        var watch = CommandLine.RunAsync(
            ["study", "watch", "test", "--json", "--home", federation.Home.StateFolder], TextReader.Null, output,
            error, federation.Time);
        await output.Flushed.Task;
        await federation.RestartAsync();
        Assert.Equal(20, await watch);
        using var json = System.Text.Json.JsonDocument.Parse(error.ToString());
        Assert.Equal("server-unreachable", json.RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_a_hospital_says_of_itself_cannot_write_on_the_operators_terminal()
    {
        await using var federation = await Federation.StartAsync();
        using var invite = federation.Desk.Invite("Seoul General").Invite!;
        using var client = federation.NewClient(invite.ClientId);
        Assert.True((await client.EnrolAsync(invite, "1\u001b[2J\u202e0")).Accepted);
        var (code, output, error) = await federation.CommandAsync("client", "list");
        Assert.True(code == 0, error);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_journal_is_a_fault_for_the_doctor()
    {
        await using var federation = await Federation.StartAsync();
        using var home = new TestHome(TimeProvider.System);
        Directory.Delete(home.Home.Journal, recursive: true);
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(["doctor", "--home", home.Folder], TextReader.Null, output, output,
            TimeProvider.System);
        Assert.Contains("FAIL  journal", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(40, code);
    }

    [Fact]
    public async Task A_model_is_not_written_to_a_terminal_as_broken_text()
    {
        await using var federation = await Federation.WithStudyAsync();
        var (code, output, error) = await federation.CommandAsync("model", "get", "test", "-o", "-");
        Assert.Equal(2, code);
        Assert.Contains("hint: ", error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task The_port_that_is_in_use_is_the_one_that_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using var home = new TestHome(TimeProvider.System, $"127.0.0.1:{port}");
        var busy = ((IPEndPoint)taken.LocalEndpoint).Port;
        await File.AppendAllTextAsync(home.Home.Configuration, $"\ndashboard_port = {busy}\n");
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["serve", "--home", home.Folder], TextReader.Null, TextWriter.Null,
            error, TimeProvider.System);
        Assert.Equal(30, code);
        Assert.Contains($"127.0.0.1:{busy}", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_that_was_paused_just_before_a_round_can_be_stopped()
    {
        await using var federation = await Federation.StartAsync();
        using var random = new PausingRandom();
        federation.Random = random;
        await federation.RestartAsync();
        for (var i = 0; i < Federation.Size; i++)
            await federation.JoinAsync($"Hospital {i}");
        federation.Propose(Drafts.Sound());
        random.OnSeed = () => federation.Journal.Record(FactJournal.OperatorActor,
            new OperatorAction("pause", federation.Study.Hash));
        foreach (var client in federation.Clients)
            Assert.True((await client.DecideAsync(federation.Plan)).Accepted);
        var told = federation.Clients.Select(c => c.NextAsync()).ToList();
        var coordinator = federation.Host.Services.GetRequiredService<RoundCoordinator>();
        while (true)
        {
            var change = coordinator.NextChange;
            if (coordinator.Runner(federation.Study.Hash)?.Wait.What.Contains("resume", StringComparison.Ordinal)
                == true)
                break;
            await change.WaitAsync(TimeSpan.FromSeconds(60));
        }

        var (code, _, error) = await federation.CommandAsync("study", "stop", "test");
        Assert.True(code == 0, error);
        Assert.All(await Task.WhenAll(told), i => Assert.Equal("stopped", i.StudyEnd.State));
    }

    private sealed class SignallingWriter : StringWriter
    {
        public TaskCompletionSource Flushed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Flush() => Flushed.TrySetResult();
    }

    // The seed of a round is drawn right before the round is announced.
    private sealed class PausingRandom : RandomNumberGenerator
    {
        private readonly RandomNumberGenerator _inner = Create();

        public Action? OnSeed { get; set; }

        public override void GetBytes(byte[] data)
        {
            _inner.GetBytes(data);
            if (data.Length != 32 || OnSeed is not { } act)
                return;
            OnSeed = null;
            act();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _inner.Dispose();
        }
    }
}

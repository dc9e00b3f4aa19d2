using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Server.Commands;
using FedMeta.Server.Hosting;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Commands;

public sealed class OperatorCommandTests
{
    [Fact]
    public async Task An_operator_takes_a_study_from_invite_to_audit()
    {
        await using var federation = await Federation.StartAsync();
        PointCommandsAtTheHost(federation);
        for (var i = 0; i < Federation.Size; i++)
            await JoinByCommandsAsync(federation, $"Hospital {i}");
        var draft = Path.Combine(federation.Home.StateFolder, "draft.toml");
        await File.WriteAllBytesAsync(draft, Drafts.Sound(rounds: 1));
        await RunAsync(federation, "study", "propose", draft);
        federation.AdoptStudy();
        foreach (var client in federation.Clients)
            Assert.True((await client.DecideAsync(federation.Plan)).Accepted);
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);

        var watched = await RunAsync(federation, "study", "watch", "test", "--json");
        Assert.All(watched.Trim().Split('\n'), line => JsonDocument.Parse(line).Dispose());
        Assert.Contains("\"state\": \"completed\"", watched.Trim().Split('\n')[^1]);
        Assert.Contains("completed", await RunAsync(federation, "study", "list"));
        Assert.Contains("Round 1 completed", await RunAsync(federation, "study", "watch", "test"));
        string At(string name) => Path.Combine(federation.Home.StateFolder, name);
        await RunAsync(federation, "model", "get", "test", "-o", At("m.safetensors"));
        await RunAsync(federation, "report", "privacy", "test", "-o", At("p.json"));
        await RunAsync(federation, "audit", "export", "test", "-o", At("j.jsonl"));
        Assert.Contains("every signature right", await RunAsync(federation, "audit", "verify", At("j.jsonl"),
            "--report", At("p.json")));
        Assert.Equal(42, (await TryAsync(federation, "study", "show", "nothing")).Code);
        Assert.Equal(2, (await TryAsync(federation, "study", "pause", "test")).Code);
        Assert.Contains("ok    coordinator", await RunAsync(federation, "doctor"));
    }

    [Fact]
    public async Task A_stopped_study_aborts_its_round_and_ends_stopped()
    {
        await using var federation = await Federation.WithStudyAsync();
        PointCommandsAtTheHost(federation);
        await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
        await RunAsync(federation, "study", "stop", "test");
        var state = await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        Assert.Equal(Server.State.StudyStanding.Stopped, state.Studies.Values.Single().Standing);
        Assert.Equal(51, (await TryAsync(federation, "study", "watch", "test")).Code);
    }

    private static async Task JoinByCommandsAsync(Federation federation, string name)
    {
        var line = (await RunAsync(federation, "client", "invite", name)).Trim();
        using var invite = Invite.Parse(line);
        var client = federation.NewClient(invite.ClientId);
        Assert.True((await client.EnrolAsync(invite)).Accepted);
        var approved = await RunAsync(federation, "client", "approve", name, "--json");
        Assert.Contains(client.Identity.Fingerprint, approved);
        await client.UseCertificateAsync();
        federation.Clients.Add(client);
    }

    // The port was chosen by the system after server.toml was written.
    private static void PointCommandsAtTheHost(Federation federation)
    {
        var text = File.ReadAllText(federation.Home.Configuration);
        File.WriteAllText(federation.Home.Configuration, text.Replace("127.0.0.1:9443", federation.Address.ToString(),
            StringComparison.Ordinal));
    }

    private static async Task<string> RunAsync(Federation federation, params string[] args)
    {
        var (code, output, error) = await TryAsync(federation, args);
        Assert.True(code == 0, $"{string.Join(' ', args)}: {error}");
        return output;
    }

    private static async Task<(int Code, string Output, string Error)> TryAsync(Federation federation,
        params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([.. args, "--home", federation.Home.StateFolder], TextReader.Null,
            output, error, federation.Time);
        return (code, output.ToString(), error.ToString());
    }
}

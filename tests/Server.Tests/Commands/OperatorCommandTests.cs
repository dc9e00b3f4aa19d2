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
        for (var i = 0; i < Federation.Size; i++)
            await JoinByCommandsAsync(federation, $"Hospital {i}");
        var draft = Path.Combine(federation.Home.StateFolder, "draft.toml");
        await File.WriteAllBytesAsync(draft, Drafts.Sound(rounds: 1));
        await federation.SucceedAsync("study", "propose", draft);
        federation.AdoptStudy();
        foreach (var client in federation.Clients)
            Assert.True((await client.DecideAsync(federation.Plan)).Accepted);
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);

        var watched = await federation.SucceedAsync("study", "watch", "test", "--json");
        Assert.All(watched.Trim().Split('\n'), line => JsonDocument.Parse(line).Dispose());
        Assert.Contains("\"state\": \"completed\"", watched.Trim().Split('\n')[^1]);
        Assert.Contains("completed", await federation.SucceedAsync("study", "list"));
        Assert.Contains("Round 1 completed", await federation.SucceedAsync("study", "watch", "test"));
        string At(string name) => Path.Combine(federation.Home.StateFolder, name);
        await federation.SucceedAsync("model", "get", "test", "-o", At("m.safetensors"));
        await federation.SucceedAsync("report", "privacy", "test", "-o", At("p.json"));
        await federation.SucceedAsync("audit", "export", "test", "-o", At("j.jsonl"));
        Assert.Contains("every signature right", await federation.SucceedAsync("audit", "verify", At("j.jsonl"),
            "--report", At("p.json")));
        Assert.Equal(42, (await federation.CommandAsync("study", "show", "nothing")).Code);
        Assert.Equal(2, (await federation.CommandAsync("study", "pause", "test")).Code);
        Assert.Contains("ok    coordinator", await federation.SucceedAsync("doctor"));
    }

    [Fact]
    public async Task A_stopped_study_aborts_its_round_and_ends_stopped()
    {
        await using var federation = await Federation.WithStudyAsync();
        await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
        await federation.SucceedAsync("study", "stop", "test");
        var state = await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        Assert.Equal(Server.State.StudyStanding.Stopped, state.Studies.Values.Single().Standing);
        Assert.Equal(51, (await federation.CommandAsync("study", "watch", "test")).Code);
    }

    private static async Task JoinByCommandsAsync(Federation federation, string name)
    {
        var line = (await federation.SucceedAsync("client", "invite", name)).Trim();
        using var invite = Invite.Parse(line);
        var client = federation.NewClient(invite.ClientId);
        Assert.True((await client.EnrolAsync(invite)).Accepted);
        var approved = await federation.SucceedAsync("client", "approve", name, "--json");
        Assert.Contains(client.Identity.Fingerprint, approved);
        await client.UseCertificateAsync();
        federation.Clients.Add(client);
    }
}

using FedMeta.Client.Homes;
using FedMeta.Client.Ledger;
using FedMeta.Protocol;
using FedMeta.Simulation.Tests.InProcess;
using FedMeta.Tests.Support;

namespace FedMeta.Simulation.Tests.Ledger;

public sealed class RolledBackServerTests
{
    [Fact]
    public async Task Every_agent_ends_with_evidence_when_an_old_journal_is_put_back()
    {
        await using var consortium = new InProcessConsortium();
        await consortium.StartAsync(5);
        await consortium.ProposeAsync(SmallStudy.Draft(tasks: 80, rounds: 3, "1m"));
        var study = await consortium.UntilOverAsync();
        await consortium.UntilAsync(state => state.Ledger.CoSigners.Count == 5
            && state.Ledger.CoSigners.Values.All(each => each.Size >= study.Ended!.Value.Origin.Record));
        await consortium.RestartAsync(() =>
        {
            var file = Path.Combine(consortium.Coordinator.Journal, "journal.jsonl");
            File.WriteAllLines(file, File.ReadAllLines(file).Take((int)study.Rounds[1].Started.Record));
        });
        foreach (var agent in consortium.Agents)
        {
            var fault = await Assert.ThrowsAsync<FedMetaException>(() => agent.WaitAsync(TimeSpan.FromMinutes(2)));
            Assert.Equal(ExitCode.AuditFailed, fault.Code);
            Assert.Contains("truncated", fault.What, StringComparison.Ordinal);
        }

        foreach (var home in consortium.Homes) KeepsTheEvidence(home);
        consortium.ForgetAgents();
    }

    private static void KeepsTheEvidence(ClientHome home)
    {
        using var journal = HospitalJournal.Open(home.JournalFolder, "test", TimeProvider.System);
        var violation = journal.Ask(state => state.CoSigning.Violation)!;
        string File(string kind) => Directory.GetFiles(home.EvidenceFolder, $"*-{kind}.checkpoint").Single();
        byte[][] keys = [Convert.FromBase64String(violation.Key)];
        var (known, shown) = (CheckpointFile.Read(File("known"), keys), CheckpointFile.Read(File("shown"), keys));
        Assert.True(known.Head.Size > shown.Head.Size);
    }
}

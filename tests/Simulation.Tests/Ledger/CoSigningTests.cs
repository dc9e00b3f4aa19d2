using FedMeta.Client.Ledger;
using FedMeta.Protocol;
using FedMeta.Simulation.Tests.InProcess;
using FedMeta.Tests.Support;

namespace FedMeta.Simulation.Tests.Ledger;

public sealed class CoSigningTests
{
    [Fact]
    public async Task Every_hospital_signs_the_ledger_up_to_the_study_s_end_and_finds_its_spends_in_it()
    {
        await using var consortium = new InProcessConsortium();
        await consortium.StartAsync(5);
        await consortium.ProposeAsync(SmallStudy.Draft(tasks: 80, rounds: 3, "1m"));
        var ended = (await consortium.UntilOverAsync()).Ended!.Value.Origin.Record;
        var ledger = (await consortium.UntilAsync(state => state.Ledger.CoSigners.Count == 5
            && state.Ledger.CoSigners.Values.All(each => each.Size >= ended))).Ledger;
        await consortium.StopAgentsAsync();
        Assert.Equal(5, ledger.NewestCoSigned!.CoSignatures.Count);

        using var lines = new MemoryStream();
        consortium.Journal.Export(lines);
        lines.Position = 0;
        Assert.Null(Server.Audit.JournalAudit.Run(lines, null).Finding);
        EntriesNameTheJournal(lines.ToArray());
        foreach (var home in consortium.Homes)
        {
            using var journal = HospitalJournal.Open(home.JournalFolder, "test", TimeProvider.System);
            var state = journal.Ask(each => each.CoSigning);
            Assert.Equal(ledger.NewestCoSigned.Head, state.Last!.Head);
            Assert.Empty(state.Unseen);
            Assert.Equal(3, journal.Records().Where(each => each.Type == FactTypes.CoSigned)
                .Sum(each => each.Read(FactShapes.Default.LedgerCoSigned).Spends.Count));
        }
    }

    // Rewritten without a word of checkpoints: what hospitals signed with their inputs still names the true journal.
    private static void EntriesNameTheJournal(byte[] lines)
    {
        using var storage = new MemoryStorage();
        using var journal = Journal.Open(storage, TimeProvider.System);
        JournalFile.Verify(new MemoryStream(lines), record =>
        {
            if (record.Type.StartsWith("ledger.", StringComparison.Ordinal)) return;
            journal.Append(new JournalEntry(record.Actor, record.Type, record.Body));
        });
        var finding = Server.Audit.JournalAudit.Run(new MemoryStream(storage.ToArray()), null).Finding;
        Assert.Contains("was signed over another journal", finding?.What, StringComparison.Ordinal);
    }
}

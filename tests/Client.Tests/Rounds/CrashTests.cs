using FedMeta.Client.Ledger;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>
/// A hospital's process dies at each record of its journal in turn, before or after the record is on disk, in the
/// middle of a round with four others. What left the hospital is then compared with what its journal admits.
/// </summary>
public sealed class CrashTests
{
    public static TheoryData<int, bool> Deaths()
    {
        var deaths = new TheoryData<int, bool>();
        for (var at = 1; at <= 8; at++)
        {
            deaths.Add(at, false);
            deaths.Add(at, true);
        }

        return deaths;
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task Whatever_left_before_a_death_stands_in_the_journal_and_no_round_is_repeated(int at,
        bool afterWriting)
    {
        using var federation = new TestFederation();
        federation.ApproveAll();
        var hospital = federation.Hospitals[0];
        var before = System.Text.Encoding.UTF8.GetBytes(hospital.JournalText);
        var disk = new DyingStorage(before, at, afterWriting);
        hospital.Restart(HospitalJournal.Open(disk, hospital.Id, hospital.Time));
        await Assert.ThrowsAsync<ProcessDied>(() => federation.RunAsync(1));

        var bytes = disk.ToArray();
        using var journal = HospitalJournal.Open(new MemoryStorage(bytes), hospital.Id, hospital.Time);
        var state = journal.Ask(each => each);
        var perRound = federation.Study.Mechanism.PerRound;
        var counted = state.RhoOf(federation.Study.Hash);
        if (hospital.Server.Uploads.Count > 0)
        {
            Assert.Equal(perRound, counted);
            Assert.Contains(journal.Records(), record => record.Type == FactTypes.Spend);
        }

        if (hospital.Server.Messages.Count > 0) Assert.Equal((1u, 1u), state.Latest(federation.Study.Hash));
        Assert.Equal(state.Latest(federation.Study.Hash) == (1u, 1u) ? perRound : Rho.Zero, counted);
        Assert.Null(JournalAudit.Run(journal.Records()).Problem);

        var messages = hospital.Server.Messages.Count;
        hospital.Restart(HospitalJournal.Open(new MemoryStorage(bytes), hospital.Id, hospital.Time));
        await hospital.Participant.HandleAsync(federation.Start(1), default);
        var answer = Assert.Single(hospital.Server.Messages.Skip(messages));
        if (counted == Rho.Zero) Assert.NotNull(answer.AdvertiseKeys);
        else Assert.Equal("round-used", answer.Withdraw.Reason);
    }
}

using System.Text;
using FedMeta.Client.Ledger;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.SecureAgg;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>
/// A hospital's process dies in the middle of a round with four others: at each record of its journal, before or after
/// the record is on disk, and in each call to the server, before or after it arrives. Nothing is disposed. The round
/// goes on, the process starts again from its disk, is handed everything a second time, and takes part in the next
/// round.
/// </summary>
public sealed class CrashTests
{
    // Reserve, keys, shares, spend, input, signature, receipt, unmask, release, end.
    private const int RecordsOfARound = 10;

    // Model, keys, shares, input, signature, unmask.
    private const int CallsOfARound = 6;

    public static TheoryData<int, bool> DeathsAtRecords() => Deaths(RecordsOfARound);

    public static TheoryData<int, bool> DeathsInCalls() => Deaths(CallsOfARound);

    [Fact]
    public async Task The_deaths_below_are_all_that_a_round_has()
    {
        using var federation = new TestFederation();
        federation.ApproveAll();
        var hospital = federation.Hospitals[0];
        var before = hospital.Facts.Count;
        await federation.RunAsync(1);
        Assert.Equal(RecordsOfARound, hospital.Facts.Count - before);
        Assert.Equal(CallsOfARound, hospital.Server.Calls);
    }

    [Theory]
    [MemberData(nameof(DeathsAtRecords))]
    public async Task A_death_at_a_record_neither_repeats_a_round_nor_loses_its_cost(int at, bool afterWriting)
    {
        using var federation = new TestFederation();
        federation.ApproveAll();
        var hospital = federation.Hospitals[0];
        var disk = new DyingStorage(Encoding.UTF8.GetBytes(hospital.JournalText), at, afterWriting);
        hospital.Restart(HospitalJournal.Open(disk, hospital.Id, hospital.Time));
        var end = await federation.PlayAsync(1);
        await federation.EndAsync(1, 1, end is ServerCompleted);
        Assert.Contains(hospital, federation.Dead);
        await LivesOnAsync(federation, disk.ToArray());
    }

    [Theory]
    [MemberData(nameof(DeathsInCalls))]
    public async Task A_death_in_a_call_neither_repeats_a_round_nor_loses_its_cost(int at, bool afterDelivery)
    {
        using var federation = new TestFederation();
        federation.ApproveAll();
        var hospital = federation.Hospitals[0];
        var disk = new MemoryStorage(Encoding.UTF8.GetBytes(hospital.JournalText));
        hospital.Restart(HospitalJournal.Open(disk, hospital.Id, hospital.Time));
        (hospital.Server.DiesInCall, hospital.Server.DiesAfterDelivery) = (at, afterDelivery);
        var end = await federation.PlayAsync(1);
        await federation.EndAsync(1, 1, end is ServerCompleted);
        Assert.Contains(hospital, federation.Dead);
        await LivesOnAsync(federation, disk.ToArray());
    }

    private static async Task LivesOnAsync(TestFederation federation, byte[] bytes)
    {
        var hospital = federation.Hospitals[0];
        var perRound = federation.Study.Mechanism.PerRound;
        hospital.Restart(HospitalJournal.Open(new MemoryStorage(bytes), hospital.Id, hospital.Time));
        hospital.Server.DiesInCall = 0;
        var state = hospital.Journal.Ask(each => each);
        var began = state.Latest(federation.Study.Hash) == (1u, 1u);

        // Whatever left stands in the journal, and what was begun counts.
        if (hospital.Server.Messages.Count + hospital.Server.Uploads.Count > 0) Assert.True(began);
        if (hospital.Server.Uploads.Count > 0) Assert.Contains(FactTypes.Spend, hospital.Facts);
        if (hospital.Server.Messages.Any(each => each.Unmask is not null))
            Assert.Contains(FactTypes.Receipt, hospital.Facts);
        Assert.True(!hospital.Facts.Contains(FactTypes.Ended) || hospital.Facts.Contains(FactTypes.Release));
        Assert.Equal(began ? perRound : Rho.Zero, state.RhoOf(federation.Study.Hash));
        Assert.Null(JournalAudit.Run(hospital.Journal.Records()).Problem);

        // Everything a second time, in order: nothing but withdrawals leaves for a round that had begun.
        var (messages, uploads) = (hospital.Server.Messages.Count, hospital.Server.Uploads.Count);
        foreach (var (to, instruction) in federation.Handed.ToList())
        {
            if (to == hospital && instruction.End is null) await hospital.Participant.HandleAsync(instruction, default);
        }

        var again = hospital.Server.Messages.Skip(messages).ToList();
        if (began)
        {
            Assert.Equal("round-used", Assert.Single(again).Withdraw.Reason);
            Assert.Equal(uploads, hospital.Server.Uploads.Count);
        }
        else
        {
            Assert.NotNull(again[0].AdvertiseKeys);
        }

        Assert.True(hospital.Server.Messages.Count(each => each.Unmask is not null) <= 1);
        Assert.True(hospital.Server.Uploads.Count <= 1);

        // The next round is played by all five, and its cost comes on top.
        federation.Dead.Clear();
        var counted = hospital.Journal.Ask(each => each.RhoOf(federation.Study.Hash));
        Assert.Equal(5, (await federation.RunAsync(2)).Included.Count);
        var owed = counted + perRound;
        Assert.True(hospital.Journal.Ask(each => each.RhoOf(federation.Study.Hash)) >= (began ? owed : perRound));
        Assert.Null(JournalAudit.Run(hospital.Journal.Records()).Problem);
        Assert.Equal(hospital.Server.Uploads.Count, hospital.Server.Uploads.Select(each =>
            Convert.ToHexString(each.Packed)).Distinct().Count());
    }

    private static TheoryData<int, bool> Deaths(int count)
    {
        var deaths = new TheoryData<int, bool>();
        for (var at = 1; at <= count; at++)
        {
            deaths.Add(at, false);
            deaths.Add(at, true);
        }

        return deaths;
    }
}

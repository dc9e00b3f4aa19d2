using FedMeta.Client.Ledger;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Tests.Support;

namespace FedMeta.Client.Tests.Rounds;

public sealed class FullDiskTests
{
    [SmallDiskFact]
    public async Task A_disk_that_fills_up_in_a_round_is_named_and_no_cost_is_lost()
    {
        using var disk = new SmallDisk(64 << 10);
        using var federation = new TestFederation();
        federation.ApproveAll();
        var hospital = federation.Hospitals[0];
        var folder = Path.Combine(disk.Root, "journal");
        PrivateFolder.Create(folder);
        File.WriteAllText(Path.Combine(folder, "journal.jsonl"), hospital.JournalText);
        hospital.Restart(HospitalJournal.Open(folder, hospital.Id, hospital.Time));
        var state = await federation.OpenAsync(1);
        disk.Fill();
        var error = await Assert.ThrowsAsync<FedMetaException>(async () =>
        {
            // What is left of the last block holds a few records.
            for (var phase = 0; phase < 4; phase++) state = await federation.StepAsync(state, federation.Id(1));
            for (uint attempt = 2; attempt < 100; attempt++)
                await hospital.Participant.HandleAsync(federation.Start(1, attempt), default);
        });
        Assert.Equal(ExitCode.DiskFull, error.Code);
        var uploads = hospital.Server.Uploads.Count;

        disk.Grow(1 << 20);
        hospital.Restart(HospitalJournal.Open(folder, hospital.Id, hospital.Time));
        var records = hospital.Journal.Records();
        Assert.Null(JournalAudit.Run(records).Problem);
        Assert.True(uploads <= records.Count(record => record.Type == FactTypes.Spend));
        var perRound = federation.Study.Mechanism.PerRound;
        Assert.True(hospital.Journal.Ask(s => s.RhoOf(federation.Study.Hash)) >= perRound);
        await hospital.Participant.HandleAsync(federation.Start(1), default);
        Assert.Equal("round-used", hospital.Server.Withdrawal.Reason);
        await hospital.Participant.HandleAsync(federation.Start(2), default);
        Assert.NotNull(hospital.Server.Messages[^1].AdvertiseKeys);
    }
}

using FedMeta.Protocol;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using FedMeta.Server.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace FedMeta.Server.Tests.Rounds;

public sealed class FullDiskTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_record_that_finds_no_room_does_not_end_the_coordinator()
    {
        await using var federation = await Federation.WithStudyAsync();
        await federation.UntilAsync(s => s.Studies.Values.Single().Started is not null);
        var lines = new MemoryStream();
        federation.Journal.Export(lines, federation.Study.Started!.Value.Origin.Record - 1);
        var storage = new FullStorage(lines.ToArray()) { IsFull = true };
        var time = new ManualTime();
        using var journal = FactJournal.Open(storage, time);
        var services = new RoundServices(journal, new Mailboxes(time), null!, null!, time, TimeSpan.FromDays(7));
        using var coordinator = new RoundCoordinator(services, new StudyPlans(), NullLogger<RoundCoordinator>.Instance);
        await coordinator.StartAsync(CancellationToken.None);
        await storage.Refused.Task.WaitAsync(Patience);
        storage.IsFull = false;
        while (journal.State.Studies.Values.Single().Started is null)
        {
            Assert.False(coordinator.ExecuteTask!.IsCompleted, coordinator.ExecuteTask.Exception?.Message);
            var seen = journal.State;
            time.Advance(RoundCoordinator.FaultPause);
            await Task.WhenAny(
                journal.ChangedSince(seen), Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        await coordinator.StopAsync(CancellationToken.None);
    }

    private sealed class FullStorage(byte[] content) : MemoryStorage(content)
    {
        public bool IsFull { get; set; }

        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Append(ReadOnlySpan<byte> bytes)
        {
            if (IsFull)
            {
                Refused.TrySetResult();
                throw new IOException("No space left on device", 28);
            }

            base.Append(bytes);
        }
    }
}

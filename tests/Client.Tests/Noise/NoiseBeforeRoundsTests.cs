using FedMeta.Client.Ledger;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Protocol;
using Google.Protobuf;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Tests.Noise;

/// <summary>When the hospital draws noise and when it takes it.</summary>
public sealed class NoiseBeforeRoundsTests : IDisposable
{
    private readonly TestFederation _federation = new();
    private readonly NoiseSource _source = new();

    public NoiseBeforeRoundsTests() => First.Draw = _source.Draw;

    private TestHospital First => _federation.Hospitals[0];

    public void Dispose() => _federation.Dispose();

    [Fact]
    public async Task An_approval_and_each_end_of_a_round_are_followed_by_one_share()
    {
        First.Participant.Rest();
        Assert.Empty(_source.Drawn);
        _federation.ApproveAll();
        await DrawnAfterRestAsync(1);
        for (var round = 1u; round <= 2; round++)
        {
            Assert.Equal(5, (await _federation.RunAsync(round)).Included.Count);
            Assert.Equal((int)round, _source.Drawn.Count);
            await DrawnAfterRestAsync((int)round + 1);
        }

        // Used ones are zeroed, the one in store is not.
        Assert.Equal([false, false, true],
            _source.Drawn.Select(each => NoiseSource.IsFresh(each.Plan, each.Share)));
    }

    [Fact]
    public async Task Nothing_is_drawn_while_an_attempt_is_open()
    {
        _federation.ApproveAll();
        await DrawnAfterRestAsync(1);
        await First.Participant.HandleAsync(_federation.Start(1), default);
        _source.HoldBack(); // a drawing that begins now is told to stop below
        First.Participant.Rest();
        First.Noises.Dispose();
        Assert.Equal((1, 0), (_source.Drawn.Count, _source.Cancelled));
    }

    [Fact]
    public async Task An_attempt_right_after_another_draws_its_own_noise_once_its_reserve_is_on_disk()
    {
        _federation.ApproveAll();
        var reserves = new List<int>();
        _source.BeforeEach = () => reserves.Add(First.Facts.Count(fact => fact == FactTypes.Reserve));
        await First.Participant.HandleAsync(_federation.Start(1), default);
        await First.Participant.HandleAsync(_federation.Start(1, 2), default);
        Assert.Equal([1, 2], reserves);
        Assert.Equal(2, _source.Drawn.Select(each => each.Share).Distinct().Count());
    }

    [Fact]
    public async Task A_refused_attempt_takes_nothing_from_the_store()
    {
        _federation.ApproveAll();
        await DrawnAfterRestAsync(1);
        File.WriteAllText(First.PolicyFilePath, "hours = \"20:00-06:00\"\n");
        await First.Participant.HandleAsync(_federation.Start(1), default);
        First.Refused("outside-hours");
        var (plan, share) = Assert.Single(_source.Drawn);
        Assert.True(NoiseSource.IsFresh(plan, share));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reserve_that_did_not_reach_the_disk_takes_nothing_from_the_store(bool afterWriting)
    {
        _federation.ApproveAll();
        var disk = new DyingStorage(System.Text.Encoding.UTF8.GetBytes(First.JournalText), 1, afterWriting);
        First.Restart(HospitalJournal.Open(disk, First.Id, First.Time));
        await DrawnAfterRestAsync(1);
        await Assert.ThrowsAsync<ProcessDied>(() => First.Participant.HandleAsync(_federation.Start(1), default));
        var (plan, share) = Assert.Single(_source.Drawn);
        Assert.True(NoiseSource.IsFresh(plan, share));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_end_of_the_study_zeroes_the_share_and_no_other_is_drawn(bool withModelAndRestart)
    {
        _federation.ApproveAll();
        await DrawnAfterRestAsync(1);
        var end = new V1.StudyEnd();
        if (withModelAndRestart) end.ModelHash = ByteString.CopyFrom(_federation.ModelHash.ToArray());
        await First.Participant.HandleAsync(
            new V1.Instruction { Sequence = 2, Round = _federation.Id(1), StudyEnd = end }, default);
        if (withModelAndRestart) First.Restart();
        _source.HoldBack(); // a drawing that begins now is told to stop below
        First.Participant.Rest();
        First.Noises.Dispose();
        var (plan, share) = Assert.Single(_source.Drawn);
        Assert.Equal(0, _source.Cancelled);
        Assert.False(NoiseSource.IsFresh(plan, share));
    }

    [Fact]
    public async Task A_hospital_that_stops_while_it_waits_for_noise_leaves_the_attempt_and_takes_part_in_the_next()
    {
        _federation.ApproveAll();
        _source.HoldBack();
        First.Participant.Rest();
        using var stop = new CancellationTokenSource();
        var starting = First.Participant.HandleAsync(_federation.Start(1), stop.Token);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.Empty(_source.Drawn);
        Assert.Contains(FactTypes.Abort, First.Facts);
        _source.LetGo();
        Assert.Equal(5, (await _federation.RunAsync(2)).Included.Count);
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_ends_nothing_before_an_attempt_begins()
    {
        _federation.ApproveAll();
        await DrawnAfterRestAsync(1);
        File.WriteAllText(First.PolicyFilePath, "hours = ");
        First.Participant.Rest();
        await Assert.ThrowsAsync<FedMetaException>(() => First.Participant.HandleAsync(_federation.Start(1), default));
    }

    private async Task DrawnAfterRestAsync(int count)
    {
        First.Participant.Rest();
        while (_source.Drawn.Count < count) await Task.Yield();
    }
}

using System.Security.Cryptography;
using FedMeta.Client.Agent;
using FedMeta.Client.Noise;
using FedMeta.Client.Studies;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Privacy;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Tests.Noise;

public sealed class NoisePoolTests : IDisposable
{
    private readonly TestFederation _federation = new();
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly NoiseSource _source = new();
    private readonly NoisePool _pool;

    public NoisePoolTests() => _pool = new NoisePool((plan, stop) => _source.Draw(plan, _random, stop));

    private VerifiedStudy Study => _federation.Study;

    private VerifiedStudy Other => Study with
    {
        Hash = new string('b', 64),
        Mechanism = Study.Mechanism with { LocalVariance = 4 * Study.Mechanism.LocalVariance },
    };

    public void Dispose()
    {
        _pool.Dispose();
        _random.Dispose();
        _federation.Dispose();
    }

    [Fact]
    public async Task A_share_is_drawn_ahead_and_given_once()
    {
        _pool.Prepare([Study]);
        _pool.Prepare([Study]);
        using var first = await TakeAsync(Study);
        Assert.Same(Assert.Single(_source.Drawn).Share, first);
        using var second = await TakeAsync(Study);
        Assert.NotSame(first, second);
        Assert.Equal(2, _source.Drawn.Count);
        _pool.Prepare([Study]);
        using var third = await TakeAsync(Study);
        Assert.Equal(3, _source.Drawn.Select(each => each.Share).Distinct().Count());
    }

    [Fact]
    public async Task Many_that_take_at_once_get_as_many_shares()
    {
        _pool.Prepare([Study]);
        var shares = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => TakeAsync(Study))));
        Assert.Equal(20, shares.Distinct().Count());
    }

    [Fact]
    public async Task Two_studies_do_not_mix()
    {
        _pool.Prepare([Study, Other]);
        using var other = await TakeAsync(Other);
        using var own = await TakeAsync(Study);
        Assert.Equal(2, _source.Drawn.Count);
        Assert.Equal(Other.Mechanism, PlanOf(other));
        Assert.Equal(Study.Mechanism, PlanOf(own));
    }

    [Fact]
    public async Task A_share_of_another_mechanism_is_zeroed_and_not_given()
    {
        _pool.Prepare([Study]);
        var changed = Study with { Mechanism = Other.Mechanism };
        using var share = await TakeAsync(changed);
        Assert.Equal(2, _source.Drawn.Count + _source.Cancelled);
        Assert.Equal(changed.Mechanism, PlanOf(share));
        Assert.All(_source.Drawn.Where(each => each.Share != share), AssertZeroed);
    }

    [Fact]
    public async Task Shares_are_zeroed_at_the_end_of_their_study_and_with_the_pool()
    {
        _pool.Prepare([Study, Other]);
        await AllDrawnAsync(2);
        _pool.End(Study.Hash);
        AssertZeroed(_source.Drawn.Single(each => each.Plan == Study.Mechanism));
        Assert.True(IsFresh(_source.Drawn.Single(each => each.Plan != Study.Mechanism)));
        _source.HoldBack(); // a drawing that begins now is told to stop below
        _pool.Prepare([Study, Other]);
        _pool.Dispose();
        Assert.Equal((2, 0), (_source.Drawn.Count, _source.Cancelled));
        Assert.All(_source.Drawn, AssertZeroed);
        _pool.Prepare([Other]);
        Assert.Equal(2, _source.Drawn.Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => TakeAsync(Other));
    }

    [Fact]
    public async Task A_study_that_is_not_approved_any_more_loses_its_share()
    {
        _pool.Prepare([Study, Other]);
        await AllDrawnAsync(2);
        _pool.Prepare([Other]);
        AssertZeroed(_source.Drawn.Single(each => each.Plan == Study.Mechanism));
        using var other = await TakeAsync(Other);
        Assert.Equal(2, _source.Drawn.Count);
    }

    [Fact]
    public async Task A_share_that_is_not_whole_yet_is_waited_for()
    {
        _source.HoldBack();
        _pool.Prepare([Study]);
        var taking = TakeAsync(Study);
        Assert.False(taking.IsCompleted);
        _source.LetGo();
        using var share = await taking;
        Assert.Same(Assert.Single(_source.Drawn).Share, share);
    }

    [Fact]
    public async Task A_drawing_ends_with_the_pool_and_with_who_waits_for_it()
    {
        _source.HoldBack();
        _pool.Prepare([Study, Other]);
        using var stop = new CancellationTokenSource();
        var taking = TakeAsync(Study, stop.Token);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        _pool.Dispose();
        Assert.Empty(_source.Drawn);
    }

    private Task<NoiseShare> TakeAsync(VerifiedStudy study, CancellationToken stop = default) => _pool.TakeAsync(
        new RoundSession(new ApprovedStudy(study, default!), new V1.RoundId(), default!, new V1.RoundStart()), stop);

    private MechanismPlan PlanOf(NoiseShare share) => _source.Drawn.Single(each => each.Share == share).Plan;

    // Each study's share is taken or zeroed only after it is drawn; the test looks once all are there.
    private async Task AllDrawnAsync(int count)
    {
        while (_source.Drawn.Count < count) await Task.Yield();
    }

    private static bool IsFresh((MechanismPlan Plan, NoiseShare Share) drawn) =>
        NoiseSource.IsFresh(drawn.Plan, drawn.Share);

    private static void AssertZeroed((MechanismPlan Plan, NoiseShare Share) drawn) => Assert.False(IsFresh(drawn));
}

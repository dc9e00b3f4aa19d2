using FedMeta.Privacy;

namespace FedMeta.Client.Noise;

/// <summary>One share that is being drawn in the background, or is drawn and waits. Ends with either
/// <see cref="TakeAsync"/> or <see cref="Dispose"/>.</summary>
internal sealed class NoiseDrawing : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<NoiseShare> _share;

    /// <summary>Starts to draw.</summary>
    public NoiseDrawing(MechanismPlan plan, Func<MechanismPlan, CancellationToken, NoiseShare> draw)
    {
        Plan = plan;
        var stop = _stop.Token;
        _share = Task.Run(() => draw(plan, stop), CancellationToken.None);
    }

    /// <summary>What the share is for.</summary>
    public MechanismPlan Plan { get; }

    /// <summary>The share, when it is whole; whoever waits no longer gets none, and it is zeroed.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public async Task<NoiseShare> TakeAsync(CancellationToken stop)
    {
        try
        {
            var share = await _share.WaitAsync(stop);
            _stop.Dispose();
            return share;
        }
        catch (OperationCanceledException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Stops the drawing, waits the few milliseconds until it has, and zeroes what there is.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            _share.GetAwaiter().GetResult().Dispose();
        }
        catch (OperationCanceledException)
        {
            // Zeroed by who drew it.
        }

        _stop.Dispose();
    }
}

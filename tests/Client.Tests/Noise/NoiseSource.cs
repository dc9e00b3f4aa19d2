using System.Security.Cryptography;
using FedMeta.Privacy;

namespace FedMeta.Client.Tests.Noise;

/// <summary>Draws real shares, remembers each, and can be held back.</summary>
internal sealed class NoiseSource
{
    private readonly Lock _gate = new();
    private readonly List<(MechanismPlan Plan, NoiseShare Share)> _drawn = [];
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private int _cancelled;

    public IReadOnlyList<(MechanismPlan Plan, NoiseShare Share)> Drawn
    {
        get
        {
            lock (_gate) return [.. _drawn];
        }
    }

    /// <summary>Drawings that were told to stop.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>Called before each drawing.</summary>
    public Action BeforeEach { get; set; } = () => { };

    /// <summary>Drawings wait until <see cref="LetGo"/>, or until they are told to stop.</summary>
    public void HoldBack() => _open.Reset();

    public void LetGo() => _open.Set();

    public NoiseShare Draw(MechanismPlan plan, RandomNumberGenerator random, CancellationToken stop)
    {
        BeforeEach();
        try
        {
            _open.Wait(stop);
            var share = NoiseShare.Draw(plan, random, stop);
            lock (_gate) _drawn.Add((plan, share));
            return share;
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
            throw;
        }
    }

    /// <summary>Whether a share can still hide a message: one that was used or zeroed is refused.</summary>
    public static bool IsFresh(MechanismPlan plan, NoiseShare share)
    {
        using var random = RandomNumberGenerator.Create();
        try
        {
            // The encoder is not disposed: it would zero the share.
            _ = new ContributionEncoder(plan, new byte[32], share, random);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

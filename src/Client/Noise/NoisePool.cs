using FedMeta.Client.Agent;
using FedMeta.Client.Studies;
using FedMeta.Privacy;

namespace FedMeta.Client.Noise;

/// <summary>
/// Noise in store: one share for the next attempt at each approved study, drawn in the background while nothing is to
/// be answered, so that how long it took is seen by nobody (docs/proofs/sampler.md, Time). A share lives in pinned
/// memory alone, is given out once, and is zeroed by who took it, when its study ends or is not approved any more, or
/// with the pool.
/// </summary>
/// <param name="draw">Draws one share of a plan; a cancelled one zeroes what it has.</param>
internal sealed class NoisePool(Func<MechanismPlan, CancellationToken, NoiseShare> draw) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, NoiseDrawing> _drawings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private bool _disposed;

    /// <summary>Starts to draw for each of the studies that has no share; shares of all others are zeroed.</summary>
    public void Prepare(IReadOnlyList<VerifiedStudy> studies)
    {
        lock (_gate)
        {
            if (_disposed) return;
            var wanted = studies.Where(study => !_ended.Contains(study.Hash)).ToList();
            foreach (var gone in _drawings.Keys.Except(wanted.Select(study => study.Hash)).ToList()) Discard(gone);
            foreach (var study in wanted.Where(study => !_drawings.ContainsKey(study.Hash)))
                _drawings[study.Hash] = new NoiseDrawing(study.Mechanism, draw);
        }
    }

    /// <summary>
    /// The share for one attempt; the caller zeroes it. Where none is in store, or only one of another mechanism, it is
    /// drawn now.
    /// </summary>
    /// <param name="session">An attempt whose reserve is on disk: a share that is taken may be sent, and no crash must
    /// forget that.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It was told to stop; nothing is left of the share.</exception>
    public async Task<NoiseShare> TakeAsync(RoundSession session, CancellationToken stop)
    {
        var plan = session.Study.Mechanism;
        NoiseDrawing? drawing;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _drawings.Remove(session.Study.Hash, out drawing);
        }

        if (drawing is not null && drawing.Plan != plan)
        {
            drawing.Dispose();
            drawing = null;
        }

        drawing ??= new NoiseDrawing(plan, draw);
        return await drawing.TakeAsync(stop);
    }

    /// <summary>The study is over: its share is zeroed, and none is drawn any more.</summary>
    public void End(string study)
    {
        lock (_gate)
        {
            _ended.Add(study);
            Discard(study);
        }
    }

    /// <summary>Zeroes every share that was not taken.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var study in _drawings.Keys.ToList()) Discard(study);
        }
    }

    private void Discard(string study)
    {
        if (_drawings.Remove(study, out var drawing)) drawing.Dispose();
    }
}

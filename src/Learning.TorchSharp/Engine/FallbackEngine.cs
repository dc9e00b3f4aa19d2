using System.Numerics;

namespace FedMeta.Learning.Torch;

/// <summary>
/// Another engine, usually a device, for as long as it can: a model that it does not offer, and a call that fails there
/// because its memory is full, are the managed engine's. So a device that somebody else fills costs time and no round.
/// </summary>
public sealed class FallbackEngine : IEngine
{
    private readonly IEngine _preferred;
    private readonly Func<ModelSpec, string?> _refusal;
    private readonly Action<string> _report;

    /// <summary>Puts the managed engine behind another.</summary>
    /// <param name="preferred">Asked first.</param>
    /// <param name="refusal">Why it has no such model; null where it has.</param>
    /// <param name="report">Told in words whenever the managed engine takes over; from any thread.</param>
    public FallbackEngine(IEngine preferred, Func<ModelSpec, string?> refusal, Action<string> report)
    {
        ArgumentNullException.ThrowIfNull(preferred);
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(report);
        (_preferred, _refusal, _report) = (preferred, refusal, report);
    }

    /// <inheritdoc/>
    public string Name => _preferred.Name;

    /// <inheritdoc/>
    public string Device => _preferred.Device;

    /// <inheritdoc/>
    public bool Reproducible => false;

    /// <inheritdoc/>
    public IModel<T> Build<T>(ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (_refusal(spec) is not { } refusal)
            return new FallbackModel<T>(_preferred.Build<T>(spec), ManagedEngine.Instance.Build<T>(spec), _report);
        _report(refusal);
        return ManagedEngine.Instance.Build<T>(spec);
    }
}

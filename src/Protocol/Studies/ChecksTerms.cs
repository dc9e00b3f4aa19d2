namespace FedMeta.Protocol;

/// <summary>What the coordinator looks at before it adopts a model, beyond the sum's norm.</summary>
/// <param name="Probe">SHA-256 (hex) of the public probe set, a CSV file that the operator gives with the proposal;
/// empty for none.</param>
/// <param name="ProbeTolerance">How much worse than the best so far a new model's mean loss on it may be.</param>
public sealed record ChecksTerms(string Probe, double ProbeTolerance)
{
    /// <summary>Whether there is a probe set.</summary>
    public bool HasProbe => Probe.Length > 0;
}

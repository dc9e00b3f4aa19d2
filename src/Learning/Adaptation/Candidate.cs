namespace FedMeta.Learning;

/// <summary>A way to adapt that the guard compares, ordered from the simplest.</summary>
internal readonly record struct Candidate(AdaptationChoice Choice, int Steps) : IComparable<Candidate>
{
    /// <summary>All of them under these settings.</summary>
    public static IReadOnlyList<Candidate> All(AdaptationSettings settings) =>
    [
        new(AdaptationChoice.None, 0),
        new(AdaptationChoice.InterceptRecalibration, 0),
        new(AdaptationChoice.BiasOnlySteps, settings.Steps),
        .. settings.StepCounts.Select(steps => new Candidate(AdaptationChoice.FullSteps, steps)),
    ];

    /// <summary>All of them where a forward pass makes the model.</summary>
    public static IReadOnlyList<Candidate> Forward(AdaptationSettings settings) =>
    [
        new(AdaptationChoice.None, 0),
        new(AdaptationChoice.PrevalenceOnly, 0),
        new(AdaptationChoice.ForwardPass, 0),
        new(AdaptationChoice.ForwardRecalibration, 0),
        new(AdaptationChoice.ForwardBiasSteps, settings.Steps),
    ];

    /// <inheritdoc/>
    public int CompareTo(Candidate other) => (Choice, Steps).CompareTo((other.Choice, other.Steps));
}

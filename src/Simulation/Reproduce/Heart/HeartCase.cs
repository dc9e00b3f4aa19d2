using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>What one table is about.</summary>
/// <param name="Hidden">Width of the hidden layer; 0 for logistic regression.</param>
/// <param name="Published">The file's split in every run; else a random one for each seed.</param>
/// <param name="Scaling">Whose mean and deviation.</param>
internal sealed record HeartCase(int Hidden, bool Published, ScalingOrigin Scaling)
{
    /// <summary>The tables, in order.</summary>
    public static IReadOnlyList<HeartCase> All { get; } =
    [
        new(0, Published: true, ScalingOrigin.Hospital),
        new(0, Published: false, ScalingOrigin.Hospital),
        new(16, Published: true, ScalingOrigin.Hospital),
        new(0, Published: true, ScalingOrigin.Federation),
    ];

    /// <summary>The model for so many features.</summary>
    public ModelSpec Spec(int features) => Hidden == 0
        ? ModelSpec.FromStudy("logistic", features, 1, [])
        : ModelSpec.FromStudy("mlp-tanh", features, 1, [Hidden]);

    /// <summary>The heading of its table.</summary>
    public string Title => (Hidden == 0 ? "Logistic regression" : $"MLP with {Hidden} hidden units (tanh)")
        + (Published ? ", published split" : ", random splits")
        + (Scaling == ScalingOrigin.Hospital ? "" : ", one mean and deviation for all hospitals");

    /// <summary>The hospitals of a seed.</summary>
    public IReadOnlyList<Site> Sites(IReadOnlyList<HeartHospital> hospitals, ulong seed) => Published
        ? HeartSplit.Published(hospitals, Scaling)
        : HeartSplit.Random(hospitals, Scaling, seed);
}

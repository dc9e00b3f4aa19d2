using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The algorithms that a study may name.</summary>
public static class MetaAlgorithms
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "maml", "fomaml", "meta-sgd", "anil", "bias-only", "imaml", "per-fedavg", "reptile", "fedavg", "fedprox",
        "pfedme", "fedsgd",
    ];

    /// <summary>How many numbers one update has: theta's length, twice that for meta-sgd (theta and inner
    /// rates).</summary>
    public static int UploadLength(string name, ModelSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return name == "meta-sgd" ? checked(2 * spec.ParameterCount) : spec.ParameterCount;
    }

    /// <summary>The algorithm that <paramref name="settings"/> name, ready for <paramref name="spec"/>.</summary>
    /// <exception cref="ArgumentException">The settings have problems.</exception>
    public static IMetaAlgorithm<T> Create<T>(AlgorithmSettings settings, ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(spec);
        var problems = settings.Problems();
        if (problems.Count > 0) throw new ArgumentException(string.Join("; ", problems));
        return settings.Name switch
        {
            "maml" => new Maml<T>(settings, spec, 0, GradientOrder.Second),
            "fomaml" => new Maml<T>(settings, spec, 0, GradientOrder.First),
            "anil" => new Maml<T>(settings, spec, spec.HeadOffset, GradientOrder.Second),
            "bias-only" => new Maml<T>(settings, spec, spec.LastBiasOffset, GradientOrder.Second),
            "meta-sgd" => new MetaSgd<T>(settings, spec),
            "imaml" => new ImplicitMaml<T>(settings, spec),
            "per-fedavg" => new PerFedAvg<T>(settings, spec),
            "reptile" or "fedavg" => new LocalTraining<T>(settings, spec, proximal: 0),
            "fedprox" => new LocalTraining<T>(settings, spec, settings.Proximal),
            "pfedme" => new PersonalizedMoreau<T>(settings, spec),
            "fedsgd" => new FedSgd<T>(settings, spec),
            _ => throw new ArgumentException($"no algorithm '{settings.Name}'"),
        };
    }
}

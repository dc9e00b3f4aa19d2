using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The algorithms that a study may name.</summary>
public static class MetaAlgorithms
{
    private const AlgorithmKeys Steps = AlgorithmKeys.Rate | AlgorithmKeys.Steps | AlgorithmKeys.Batch;
    private const string MetaGradient = "the exact gradient of the query loss after the inner steps on the support",
        LocalChange = "shared less local parameters after the inner steps on all records",
        InnerSteps = "inner steps from the shared model",
        PulledSteps = "inner steps with the pull towards the shared model";

    /// <summary>All of them, in the order of the page docs/reference/algorithms.md.</summary>
    public static IReadOnlyList<AlgorithmTraits> All { get; } =
    [
        new("maml", "Finn, Abbeel and Levine 2017", MetaGradient, InnerSteps, Steps, KeepsPath: true),
        new("fomaml", "Finn, Abbeel and Levine 2017", "the query gradient where the inner steps ended",
            InnerSteps, Steps, KeepsPath: true),
        new("meta-sgd", "Li, Zhou, Chen and Li 2017", $"{MetaGradient}, by theta and by the inner rates as one vector",
            "inner steps with the learned rates", Steps, VectorsInUpload: 2, KeepsPath: true),
        new("anil", "Raghu, Raghu, Bengio and Vinyals 2020", $"{MetaGradient}; the steps move the last layer alone",
            "inner steps of the last layer", Steps, KeepsPath: true),
        new("bias-only", "a random intercept, learned by maml", $"{MetaGradient}; the steps move the last bias alone",
            "inner steps of the last bias", Steps, KeepsPath: true),
        new("imaml", "Rajeswaran, Finn, Kakade and Levine 2019",
            "the implicit gradient at the proximal point of the support, by conjugate gradients", PulledSteps,
            Steps | AlgorithmKeys.Proximal),
        new("per-fedavg", "Fallah, Mokhtari and Ozdaglar 2020",
            "shared less local parameters after local meta-steps with the exact Hessian", InnerSteps,
            Steps | AlgorithmKeys.LocalRate),
        new("reptile", "Nichol, Achiam and Schulman 2018", LocalChange, InnerSteps, Steps, TrainsOnAllRecords: true),
        new("fedavg", "McMahan, Moore, Ramage, Hampson and Arcas 2017", LocalChange, InnerSteps, Steps,
            TrainsOnAllRecords: true),
        new("fedprox", "Li, Sahu, Zaheer, Sanjabi, Talwalkar and Smith 2020",
            $"{LocalChange}, pulled towards the shared ones", InnerSteps, Steps | AlgorithmKeys.Proximal,
            TrainsOnAllRecords: true),
        new("scaffold", "Karimireddy, Kale, Mohri, Reddi, Stich and Suresh 2020",
            $"{LocalChange}, each corrected by control variates, and the change of the site's own one, as one vector",
            InnerSteps, Steps, TrainsOnAllRecords: true, VectorsInUpload: 2),
        new("pfedme", "Dinh, Tran and Nguyen 2020",
            "the gradient of the Moreau envelope: the pull's strength times shared less personal parameters",
            PulledSteps, Steps | AlgorithmKeys.Proximal, TrainsOnAllRecords: true),
        new("ditto", "Li, Hu, Beirami and Smith 2021", $"{LocalChange}, as fedavg; the personal model stays",
            PulledSteps, Steps | AlgorithmKeys.Proximal, TrainsOnAllRecords: true),
        new("protonet", "Snell, Swersky and Zemel 2017",
            "the gradient of the loss of the queries by their distance to the class means of the support",
            "the last layer is written from the class means: no steps", AlgorithmKeys.None),
        new("cnp", "Garnelo, Rosenbaum, Maddison and others 2018",
            "the gradient of the queries' loss, given the support as context, by encoder and decoder",
            "the context goes into a bias: no steps", AlgorithmKeys.None),
        new("fedsgd", "McMahan, Moore, Ramage, Hampson and Arcas 2017", "the gradient at the shared model",
            InnerSteps, AlgorithmKeys.Rate, TrainsOnAllRecords: true),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(traits => traits.Name)];

    /// <summary>The traits of the algorithm <paramref name="name"/>; null where there is none.</summary>
    public static AlgorithmTraits? Find(string name) => All.FirstOrDefault(traits => traits.Name == name);

    /// <summary>How many numbers one update has: theta's length, twice that for meta-sgd (theta and inner
    /// rates) and scaffold (theta and control variate).</summary>
    /// <exception cref="ArgumentException">There is no such algorithm.</exception>
    public static int UploadLength(string name, ModelSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var traits = Find(name) ?? throw new ArgumentException($"no algorithm '{name}'", nameof(name));
        return checked(traits.VectorsInUpload * spec.ParameterCount);
    }

    /// <summary>What keeps an algorithm and a model from going together, in words; empty where they do.</summary>
    public static IReadOnlyList<string> Problems(AlgorithmSettings settings, ModelSpec spec)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(spec);
        var (name, steps) = (settings.Name, settings.InnerSteps);
        if (Find(name) is { KeepsPath: true } && AdaptedGradient.Held(spec.ParameterCount, steps) is var held
            && held > AdaptedGradient.MostHeld)
            return
            [
                $"{name} keeps every inner step: {steps} of them for {spec.ParameterCount} parameters take "
                + $"{(held >> 28) + 1} GiB of a hospital's memory, and {AdaptedGradient.MostHeld >> 28} is the most: fewer "
                + "inner_steps, or a smaller model",
            ];
        if (name == "cnp" != (spec.Kind == "cnp"))
            return ["the algorithm cnp and the model cnp go together, and neither with another"];
        if (name != "protonet") return [];
        if (spec.Blocks.Length == 2) return [$"protonet needs a hidden layer, which a {spec.Kind} model lacks"];
        return spec.Loss is LossKind.BinaryCrossEntropy or LossKind.SoftmaxCrossEntropy
            && (spec.Outputs == 1) == (spec.Loss == LossKind.BinaryCrossEntropy)
            ? []
            : ["protonet needs classes: an output for each of two or more, or one output for two"];
    }

    /// <summary>The algorithm that <paramref name="settings"/> name, ready for <paramref name="spec"/>.</summary>
    /// <exception cref="ArgumentException">The settings have problems.</exception>
    public static IMetaAlgorithm<T> Create<T>(AlgorithmSettings settings, ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(spec);
        List<string> problems = [.. settings.Problems(), .. Problems(settings, spec)];
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
            "scaffold" => new Scaffold<T>(settings, spec),
            "pfedme" => new PersonalizedMoreau<T>(settings, spec),
            "ditto" => new Ditto<T>(settings, spec),
            "protonet" => new PrototypicalNetwork<T>(settings, spec),
            "cnp" => new ConditionalNeuralProcess<T>(settings, spec),
            "fedsgd" => new FedSgd<T>(settings, spec),
            _ => throw new ArgumentException($"no algorithm '{settings.Name}'"),
        };
    }
}

using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The engine that needs nothing but .NET: same bits on every x64 machine and for any number of
/// threads.</summary>
public sealed class ManagedEngine : IEngine
{
    /// <summary>The engine; it has no state.</summary>
    public static ManagedEngine Instance { get; } = new();

    private ManagedEngine()
    {
    }

    /// <inheritdoc/>
    public string Name => "managed";

    /// <inheritdoc/>
    public string Device => "cpu";

    /// <inheritdoc/>
    public bool Reproducible => true;

    /// <inheritdoc/>
    public IModel<T> Build<T>(ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Kind == "cnp") return BuildNeuralProcess<T>(spec);
        if (spec.Loss == LossKind.Prototypes) return BuildPrototypes<T>(spec);
        return new NetworkModel<T>(spec, [.. LayersOf<T>(spec)], HeadOf<T>(spec));
    }

    private static IEnumerable<ILayer<T>> LayersOf<T>(ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        spec.IsConvolutional ? ConvolutionalLayers<T>(spec) : DenseLayers<T>(spec);

    private NeuralProcessModel<T> BuildNeuralProcess<T>(ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shape = new NeuralProcessShape(spec);
        var encoder = new NetworkModel<T>(shape.Encoder, [.. LayersOf<T>(shape.Encoder)], new LinearHead<T>());
        return new NeuralProcessModel<T>(spec, encoder, Build<T>(shape.Folded));
    }

    private PrototypeModel<T> BuildPrototypes<T>(ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var square = ModelSpec.FromStudy(spec.Kind, spec.Inputs, spec.EmbeddingWidth, spec.Layers, "prototypes");
        var embedding = new NetworkModel<T>(
            square, [.. LayersOf<T>(square)], new PrototypeHead<T>(spec.EmbeddingWidth, spec.EpisodeClasses));
        return new PrototypeModel<T>(spec, embedding, Build<T>(spec.WithLoss(null)));
    }

    private static IEnumerable<ILayer<T>> DenseLayers<T>(ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = spec.Inputs;
        foreach (var next in spec.Layers)
        {
            yield return new DenseLayer<T>(width, next);
            yield return spec.Activation == Activation.Tanh ? new TanhLayer<T>(next) : new ReluLayer<T>(next);
            width = next;
        }

        yield return new DenseLayer<T>(width, spec.Outputs);
    }

    private static IEnumerable<ILayer<T>> ConvolutionalLayers<T>(ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var trunk = new ConvolutionalTrunk<T>(spec.Layers, spec.ImageSide, spec.HasGroupNorm);
        yield return trunk;
        yield return new DenseLayer<T>(trunk.Outputs, spec.Outputs);
    }

    private static ILossHead<T> HeadOf<T>(ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => spec.Loss switch
        {
            LossKind.SquaredError => new SquaredErrorHead<T>(),
            LossKind.BinaryCrossEntropy => new BinaryCrossEntropyHead<T>(),
            LossKind.SoftmaxCrossEntropy => new SoftmaxCrossEntropyHead<T>(spec.Outputs),
            _ => new CoxHead<T>(),
        };
}

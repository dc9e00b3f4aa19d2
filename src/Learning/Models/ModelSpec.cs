using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FedMeta.Learning;

/// <summary>
/// A model as data: layers, loss, and the layout of its flat parameter vector, which is the order of PyTorch's
/// <c>parameters_to_vector</c> (W0 [outputs, inputs] row-major, b0, W1, ...), so that checkpoints exchange.
/// </summary>
public sealed record ModelSpec
{
    /// <summary>The largest vector that a study may ask for.</summary>
    public const int MaxParameters = 1 << 26;

    internal ModelSpec(
        string kind, int inputs, int outputs, ImmutableArray<int> layers, Activation activation, LossKind loss)
    {
        Kind = kind;
        Inputs = inputs;
        Outputs = outputs;
        Layers = layers;
        Activation = activation;
        Loss = loss;
        Blocks = ParameterLayout.Of(this);
        ParameterCount = checked(Blocks[^1].Offset + Blocks[^1].Length);
    }

    /// <summary>linear, logistic, softmax, mlp-relu, mlp-tanh, conv-relu, conv-norm-relu, cnp or cox.</summary>
    public string Kind { get; }

    /// <summary>Numbers per record.</summary>
    public int Inputs { get; }

    /// <summary>Raw outputs per record.</summary>
    public int Outputs { get; }

    /// <summary>Widths of the hidden layers; for conv-relu and conv-norm-relu the image's channels, then
    /// those of every convolution.</summary>
    public ImmutableArray<int> Layers { get; }

    /// <summary>Between the layers; of no effect where there is one layer.</summary>
    public Activation Activation { get; }

    /// <summary>The loss.</summary>
    public LossKind Loss { get; }

    /// <summary>The tensors in order.</summary>
    public ImmutableArray<ParameterBlock> Blocks { get; }

    /// <summary>Length of theta.</summary>
    public int ParameterCount { get; }

    /// <summary>Where the last layer (weights, then bias) starts.</summary>
    public int HeadOffset => Blocks[^2].Offset;

    /// <summary>Where the last bias starts; it has <see cref="Outputs"/> elements and ends the vector.</summary>
    public int LastBiasOffset => Blocks[^1].Offset;

    /// <summary>Length of what enters the last layer.</summary>
    public int EmbeddingWidth => Blocks[^1].FanIn;

    /// <summary>Classes of an episode: the outputs, or two where there is one output.</summary>
    public int EpisodeClasses => Math.Max(2, Outputs);

    /// <summary>Whether the loss is one of an episode: the last target of a record is then 1 for a query and 0 for
    /// support.</summary>
    public bool IsEpisodic => Kind == "cnp" || Loss == LossKind.Prototypes;

    /// <summary>Numbers that a data set has per record beside the inputs.</summary>
    public int LabelWidth => Loss switch
    {
        LossKind.SoftmaxCrossEntropy or LossKind.Prototypes => 1,
        LossKind.CoxPartialLikelihood => 2,
        _ => Outputs,
    };

    /// <summary>Numbers per record in a batch's targets: the labels, and in an episode whether it is a query.</summary>
    public int TargetWidth => IsEpisodic ? LabelWidth + 1 : LabelWidth;

    private string LossName => ModelSpecText.NameOf(Loss);

    /// <summary>True for conv-relu and conv-norm-relu.</summary>
    internal bool IsConvolutional => Kind is "conv-relu" or "conv-norm-relu";

    /// <summary>Whether a group norm stands between each convolution and its relu.</summary>
    internal bool HasGroupNorm => Kind == "conv-norm-relu";

    /// <summary>Side of the square image of a convolutional model.</summary>
    internal int ImageSide => (int)Math.Sqrt(Inputs / Layers[0]);

    /// <summary>One line that says everything; <see cref="ModelSpecText.Parse"/> reads it back.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind} inputs={Inputs} layers={string.Join(',', Layers)} outputs={Outputs} loss={LossName}");

    /// <summary>SHA-256 of <see cref="Text"/> in hexadecimal: two parties with equal fingerprints mean the same
    /// vector.</summary>
    public string Fingerprint =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("fedmeta-model-v1 " + Text)));

    /// <summary>The model that a study file names.</summary>
    /// <param name="kind">linear, logistic, softmax, mlp-relu, mlp-tanh, conv-relu, conv-norm-relu, cnp or cox.</param>
    /// <param name="inputs">Numbers per record, 1 or more.</param>
    /// <param name="outputs">Outputs; classes for softmax.</param>
    /// <param name="layers">Hidden widths; for conv-relu and conv-norm-relu image channels and then convolution
    /// channels.</param>
    /// <param name="loss">mse, bce, ce, cox or prototypes; null takes the kind's own (bce for an MLP with one
    /// output, else ce).</param>
    /// <exception cref="ArgumentException">The description has problems; <see cref="ModelSpecText.Problems"/> lists
    /// them without throwing.</exception>
    public static ModelSpec FromStudy(
        string kind, int inputs, int outputs, IReadOnlyList<int> layers, string? loss = null)
    {
        var problems = ModelSpecText.Problems(kind, inputs, outputs, layers, loss);
        if (problems.Count > 0) throw new ArgumentException(string.Join("; ", problems));
        return new ModelSpec(
            kind,
            inputs,
            outputs,
            [.. layers],
            kind == "mlp-tanh" ? Activation.Tanh : Activation.Relu,
            ModelSpecText.LossOf(kind, outputs, loss)!.Value);
    }

    /// <summary>
    /// The starting theta of <paramref name="seed"/>: zero for models of one layer (their loss is convex), else
    /// uniform in ±1/sqrt(fan-in) for weights and biases alike, as PyTorch's linear and convolution layers start; a
    /// group norm starts with weights of 1 and biases of 0.
    /// </summary>
    public double[] Initial(ulong seed)
    {
        var theta = new double[ParameterCount];
        if (Blocks.Length == 2) return theta;
        var generator = new SeededGenerator(seed);
        foreach (var block in Blocks)
        {
            if (block.Start is { } start)
            {
                theta.AsSpan(block.Offset, block.Length).Fill(start);
                continue;
            }

            var bound = 1 / Math.Sqrt(block.FanIn);
            for (var i = 0; i < block.Length; i++) theta[block.Offset + i] = bound * (2 * generator.NextUnit() - 1);
        }

        return theta;
    }

    /// <summary>The same network and vector with another loss.</summary>
    /// <param name="loss">A name that goes with the kind; null for the kind's own.</param>
    /// <exception cref="ArgumentException">It does not go with the kind.</exception>
    public ModelSpec WithLoss(string? loss) => FromStudy(Kind, Inputs, Outputs, Layers, loss);

    /// <inheritdoc/>
    public bool Equals(ModelSpec? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

namespace FedMeta.Learning;

/// <summary>
/// The two networks of a cnp model and where they lie in its vector: the encoder, from (input, label) through the
/// hidden layers to r, as long as the last of them; then the decoder, from (input, r) through the same hidden layers to
/// the outputs.
/// </summary>
internal sealed class NeuralProcessShape
{
    public NeuralProcessShape(ModelSpec spec)
    {
        Spec = spec;
        Summary = spec.Layers[^1];
        Encoder = ModelSpec.FromStudy("mlp-relu", spec.Inputs + LabelCode, Summary, spec.Layers, "mse");
        var loss = ModelSpecText.NameOf(spec.Loss);
        Decoder = ModelSpec.FromStudy("mlp-relu", spec.Inputs + Summary, spec.Outputs, spec.Layers, loss);
        Folded = ModelSpec.FromStudy("mlp-relu", spec.Inputs, spec.Outputs, spec.Layers, loss);
    }

    /// <summary>The cnp model.</summary>
    public ModelSpec Spec { get; }

    /// <summary>Length of r.</summary>
    public int Summary { get; }

    /// <summary>Numbers that a label is for the encoder: one per class where it is a class index, else itself, which is
    /// one per output.</summary>
    public int LabelCode => Spec.Outputs;

    /// <summary>From (input, label) to a part of r; the first part of the vector.</summary>
    public ModelSpec Encoder { get; }

    /// <summary>From (input, r) to the outputs; the rest of the vector.</summary>
    public ModelSpec Decoder { get; }

    /// <summary>The decoder where r is a constant that has gone into the first bias: an ordinary network of the
    /// inputs.</summary>
    public ModelSpec Folded { get; }

    /// <summary>Rows of the decoder's first weights, which is also the length of its first bias.</summary>
    public int FirstWidth => Decoder.Layers[0];
}

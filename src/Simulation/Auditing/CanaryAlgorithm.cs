using FedMeta.Learning;

namespace FedMeta.Simulation.Auditing;

/// <summary>Federated SGD over canaries: the gradient of a patient is that canary's direction, whatever the model is,
/// and so long that only the clip brings it down to what is claimed.</summary>
internal sealed class CanaryAlgorithm(Canaries canaries, double clipNorm) : IMetaAlgorithm<float>
{
    /// <summary>Length of a canary's gradient in clip norms.</summary>
    public const double Excess = 10;

    public string Name => "fedsgd";

    public ModelSpec Spec { get; } = ModelSpec.FromStudy("logistic", 1, 1, []);

    public int UploadLength => canaries.Count;

    public float[] InitialState(ReadOnlySpan<double> theta) => new float[UploadLength];

    public double TaskUpdate(IModel<float> model, ReadOnlySpan<float> state, MetaTask<float> task, Span<float> update)
    {
        var gradient = new double[update.Length];
        canaries.WriteGradient((int)task.Query.Inputs.Span[0], gradient);
        for (var i = 0; i < update.Length; i++) update[i] = (float)(Excess * clipNorm * gradient[i]);
        return 0;
    }

    public void Project(Span<float> state)
    {
        // Nothing is bounded.
    }

    public float[] InnerRates(ReadOnlySpan<float> state) => [];
}

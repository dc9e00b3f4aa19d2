using FedMeta.Learning;

namespace FedMeta.Simulation.Auditing;

/// <summary>Federated SGD over canaries: the gradient of a patient is that canary's direction, whatever the model is,
/// and so long that only the clip brings it down to what is claimed.</summary>
internal sealed class CanaryAlgorithm(Canaries canaries, double clipNorm) : IMetaAlgorithm<double>
{
    /// <summary>Length of a canary's gradient in clip norms.</summary>
    public const double Excess = 10;

    public string Name => "fedsgd";

    public ModelSpec Spec { get; } = ModelSpec.FromStudy("logistic", 1, 1, []);

    public int UploadLength => canaries.Count;

    public double[] InitialState(ReadOnlySpan<double> theta) => new double[UploadLength];

    public double TaskUpdate(
        IModel<double> model, ReadOnlySpan<double> state, MetaTask<double> task, Span<double> update)
    {
        canaries.WriteGradient((int)task.Query.Inputs.Span[0], update);
        FlatVector.Scale(update, Excess * clipNorm);
        return 0;
    }

    public void Project(Span<double> state)
    {
        // Nothing is bounded.
    }

    public double[] InnerRates(ReadOnlySpan<double> state) => [];
}

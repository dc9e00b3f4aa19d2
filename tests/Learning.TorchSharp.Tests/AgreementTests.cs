using System.Numerics;

namespace FedMeta.Learning.Torch.Tests;

/// <summary>TorchSharp beside the managed engine on models that no fixture holds.</summary>
public sealed class AgreementTests
{
    [TorchFact]
    public void In_double_precision_every_kind_of_model_agrees()
    {
        foreach (var spec in RandomModels.Specs)
            for (ulong seed = 1; seed <= 5; seed++)
            {
                var (theta, batch, v) = RandomModels.Draw(spec, seed);
                Compare(spec, theta, batch, v, 1e-11);
            }
    }

    [TorchFact]
    public void In_single_precision_models_without_kinks_agree()
    {
        foreach (var spec in RandomModels.Specs.Where(each => !RandomModels.HasKinks(each)))
        {
            var (theta, batch, v) = RandomModels.Draw(spec, 3);
            Compare(spec, Single(theta), batch.ConvertTo<float>(), Single(v), 1e-4f);
        }
    }

    [TorchFact]
    public void The_loss_stays_finite_where_scores_are_huge()
    {
        foreach (var kind in (string[])["logistic", "softmax", "cox"])
        {
            var spec = ModelSpec.FromStudy(kind, 5, kind == "softmax" ? 3 : 1, []);
            var (theta, batch, v) = RandomModels.Draw(spec, 8);
            FlatVector.Scale<double>(theta, 4000);
            Compare(spec, theta, batch, v, 1e-11);
        }
    }

    [TorchFact]
    public void The_sum_of_clipped_gradients_agrees()
    {
        foreach (var spec in RandomModels.Specs.Where(each => each.Loss < LossKind.CoxPartialLikelihood))
        {
            var (theta, batch, _) = RandomModels.Draw(spec, 6);
            var (ours, theirs) = (new double[theta.Length], new double[theta.Length]);
            var (norms, others) = (new double[batch.Count], new double[batch.Count]);
            var loss = ManagedEngine.Instance.Build<double>(spec).ClippedGradientSum(theta, batch, 0.3, ours, norms);
            Close([loss], [Engines.Torch!.Build<double>(spec).ClippedGradientSum(theta, batch, 0.3, theirs, others)],
                1e-11);
            Close(ours, theirs, 1e-11);
            Close(norms, others, 1e-11);
        }
    }

    private static void Compare<T>(ModelSpec spec, T[] theta, Batch<T> batch, T[] v, T tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (managed, torch) = (ManagedEngine.Instance.Build<T>(spec), Engines.Torch!.Build<T>(spec));
        var (ours, theirs) = (new T[theta.Length], new T[theta.Length]);
        var loss = managed.Gradient(theta, batch, ours);
        Close([loss], [torch.Gradient(theta, batch, theirs)], double.CreateTruncating(tolerance));
        Close(Wide(ours), Wide(theirs), double.CreateTruncating(tolerance));
        Close([loss], [torch.Loss(theta, batch)], double.CreateTruncating(tolerance));
        managed.HessianVectorProduct(theta, batch, v, ours);
        torch.HessianVectorProduct(theta, batch, v, theirs);
        Close(Wide(ours), Wide(theirs), double.CreateTruncating(tolerance));
        var (scores, others) = (new T[batch.Count * spec.Outputs], new T[batch.Count * spec.Outputs]);
        managed.Predict(theta, batch.Inputs.Span, scores);
        torch.Predict(theta, batch.Inputs.Span, others);
        Close(Wide(scores), Wide(others), double.CreateTruncating(tolerance));
    }

    private static void Close(double[] expected, double[] actual, double tolerance) =>
        ParityTests.Close(expected, actual, tolerance);

    private static double[] Wide<T>(T[] vector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. vector.Select(double.CreateTruncating)];

    private static float[] Single(double[] vector) => [.. vector.Select(x => (float)x)];
}

using System.Text.Json;
using FedMeta.Learning;

namespace FedMeta.Simulation.Check.Meta;

/// <summary>
/// Reads what all files of oracles/meta share: models, batches, and the two tolerances of their README.
/// </summary>
internal static class FixtureModels
{
    /// <summary>Loss, gradient and Hessian-vector product in float64.</summary>
    public const double Tight = 1e-12;

    /// <summary>Meta-gradients and whole trajectories.</summary>
    public const double Loose = 1e-10;

    public static Batch<double> Batch(this JsonElement element) =>
        new(element.Vector("x"), element.Vector("y"), element.Property("n").GetInt32());

    public static ModelSpec Spec(JsonElement model, string loss)
    {
        var name = loss switch { "mse" => "mse", "bce_logits" => "bce", "softmax_ce" => "ce", _ => loss };
        if (model.Property("kind").GetString() == "conv")
        {
            int[] channels = [.. model.Property("channels").EnumerateArray().Select(e => e.GetInt32())];
            var side = model.Property("side").GetInt32();
            return ModelSpec.FromStudy("conv-relu", channels[0] * side * side, model.Property("classes").GetInt32(),
                channels, name);
        }

        int[] widths = [.. model.Property("dims").EnumerateArray().Select(e => e.GetInt32())];
        var kind = widths.Length > 2
            ? "mlp-" + model.Property("act").GetString()
            : name switch { "mse" => "linear", "bce" => "logistic", _ => "softmax" };
        return ModelSpec.FromStudy(kind, widths[0], widths[^1], widths[1..^1], name);
    }

    public static double[] Filled(int length, double value)
    {
        var vector = new double[length];
        vector.AsSpan().Fill(value);
        return vector;
    }
}

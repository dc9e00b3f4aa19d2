using System.Text.Json;

namespace FedMeta.Learning.Tests.Oracles;

/// <summary>Reads what all fixture files share: models, batches, vectors.</summary>
public static class FixtureReader
{
    public const double Tight = 1e-12;
    public const double Loose = 1e-10;

    public static double[] Vector(this JsonElement element, string name) => element.GetProperty(name).Vector();

    public static double[] Vector(this JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetDouble())];

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static Batch<double> Batch(this JsonElement element) =>
        new(element.Vector("x"), element.Vector("y"), element.GetProperty("n").GetInt32());

    public static ModelSpec Spec(JsonElement model, string loss)
    {
        var name = loss switch { "mse" => "mse", "bce_logits" => "bce", "softmax_ce" => "ce", _ => loss };
        if (model.GetProperty("kind").GetString() == "conv")
        {
            int[] channels = [.. model.GetProperty("channels").EnumerateArray().Select(e => e.GetInt32())];
            var side = model.GetProperty("side").GetInt32();
            return ModelSpec.FromStudy(
                "conv-relu", channels[0] * side * side, model.GetProperty("classes").GetInt32(), channels, name);
        }

        int[] dims = [.. model.GetProperty("dims").EnumerateArray().Select(e => e.GetInt32())];
        var kind = dims.Length > 2
            ? "mlp-" + model.GetProperty("act").GetString()
            : name switch { "mse" => "linear", "bce" => "logistic", _ => "softmax" };
        return ModelSpec.FromStudy(kind, dims[0], dims[^1], dims[1..^1], name);
    }

    public static double[] Filled(int length, double value)
    {
        var vector = new double[length];
        vector.AsSpan().Fill(value);
        return vector;
    }
}

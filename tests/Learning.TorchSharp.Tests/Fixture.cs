using System.Text.Json;
using FedMeta.Tests.Support;

namespace FedMeta.Learning.Torch.Tests;

/// <summary>One file of oracles/meta: a model with its reference values in double precision.</summary>
internal sealed class Fixture
{
    private Fixture(JsonElement root) => Root = root;

    public JsonElement Root { get; }

    public ModelSpec Spec
    {
        get
        {
            var model = Root.GetProperty("model");
            var loss = Root.GetProperty("loss").GetString() switch
            {
                "mse" => "mse",
                "bce_logits" => "bce",
                "softmax_ce" => "ce",
                var other => throw new FormatException($"no loss {other}"),
            };
            if (model.GetProperty("kind").GetString() == "conv")
            {
                int[] channels = [.. model.GetProperty("channels").EnumerateArray().Select(each => each.GetInt32())];
                var side = model.GetProperty("side").GetInt32();
                return ModelSpec.FromStudy(
                    "conv-relu", channels[0] * side * side, model.GetProperty("classes").GetInt32(), channels, loss);
            }

            int[] widths = [.. model.GetProperty("dims").EnumerateArray().Select(each => each.GetInt32())];
            var kind = widths.Length > 2 ? "mlp-" + model.GetProperty("act").GetString()
                : loss switch { "mse" => "linear", "bce" => "logistic", _ => "softmax" };
            return ModelSpec.FromStudy(kind, widths[0], widths[^1], widths[1..^1], loss);
        }
    }

    public Batch<double>[] Inner => [.. Root.GetProperty("inner_batches").EnumerateArray().Select(BatchOf)];

    public Batch<double> Query => BatchOf(Root.GetProperty("query"));

    public double[] this[string name] => VectorOf(Root.GetProperty(name));

    public static Fixture Read(string file) => new(Document(file));

    public static JsonElement Document(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedFolder.Find("oracles/meta/" + file)!));
        return document.RootElement.Clone();
    }

    public static double[] VectorOf(JsonElement element)
    {
        var numbers = new List<double>();
        void Add(JsonElement each)
        {
            if (each.ValueKind == JsonValueKind.Array) foreach (var inner in each.EnumerateArray()) Add(inner);
            else numbers.Add(each.GetDouble());
        }

        Add(element);
        return [.. numbers];
    }

    private static Batch<double> BatchOf(JsonElement element) => new(
        VectorOf(element.GetProperty("x")), VectorOf(element.GetProperty("y")), element.GetProperty("n").GetInt32());
}

using System.Globalization;

namespace FedMeta.Learning;

/// <summary>Checks a described model and reads the one-line form of <see cref="ModelSpec.Text"/>.</summary>
public static class ModelSpecText
{
    private const int MaxWidth = 1 << 20;
    private const int MaxLayers = 64;

    /// <summary>Everything that is wrong with a model description, in words; empty where it is sound.</summary>
    public static IReadOnlyList<string> Problems(
        string kind, int inputs, int outputs, IReadOnlyList<int> layers, string? loss = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var problems = new List<string>();
        var layered = kind is "mlp-relu" or "mlp-tanh" or "conv-relu" or "conv-norm-relu" or "cox" or "cnp";
        if (!layered && kind is not ("linear" or "logistic" or "softmax"))
            problems.Add(
                $"kind '{kind}' is none of linear, logistic, softmax, mlp-relu, mlp-tanh, conv-relu, conv-norm-relu, "
                + "cnp, cox");
        if (inputs is < 1 or > MaxWidth) problems.Add($"inputs = {inputs} is outside 1 .. {MaxWidth}");
        if (outputs is < 1 or > MaxWidth) problems.Add($"outputs = {outputs} is outside 1 .. {MaxWidth}");
        if (layers.Count > MaxLayers) problems.Add($"{layers.Count} layers are more than {MaxLayers}");
        if (layers.Any(width =>
            width is < 1 or > MaxWidth)) problems.Add($"a layer's width is outside 1 .. {MaxWidth}");
        if (!layered && layers.Count > 0) problems.Add($"a {kind} model has no hidden layers");
        if (kind is "mlp-relu" or "mlp-tanh" or "cnp" && layers.Count == 0) problems.Add($"a {kind} model needs a hidden layer");
        var chosen = LossOf(kind, outputs, loss);
        if (chosen is null) problems.Add($"loss '{loss}' does not go with a {kind} model");
        if (chosen == LossKind.SoftmaxCrossEntropy && outputs < 2) problems.Add("a softmax needs two outputs or more");
        if (chosen == LossKind.CoxPartialLikelihood && outputs != 1) problems.Add("a Cox model has one output");
        if (problems.Count > 0) return problems;
        if (kind == "cnp" && inputs + Math.Max(outputs, layers[^1]) > MaxWidth)
            problems.Add($"a cnp's inputs beside label or summary are more than {MaxWidth}");
        if (kind is "conv-relu" or "conv-norm-relu") AddImageProblems(kind, inputs, layers, problems);
        if (problems.Count == 0 && CountParameters(kind, inputs, outputs, layers) > ModelSpec.MaxParameters)
            problems.Add($"the model has more than {ModelSpec.MaxParameters} parameters");
        return problems;
    }

    /// <summary>Reads a <see cref="ModelSpec.Text"/>; null where it is anything else.</summary>
    public static ModelSpec? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(' ');
        if (parts.Length != 5 || text.Length > 1000) return null;
        if (Number(parts[1], "inputs=") is not { } inputs) return null;
        if (Number(parts[3], "outputs=") is not { } outputs) return null;
        if (!parts[2].StartsWith("layers=", StringComparison.Ordinal)) return null;
        if (!parts[4].StartsWith("loss=", StringComparison.Ordinal)) return null;
        var layers = new List<int>();
        foreach (var width in parts[2][7..].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Number(width, "") is not { } value) return null;
            layers.Add(value);
        }

        var loss = parts[4][5..];
        if (Problems(parts[0], inputs, outputs, layers, loss).Count > 0) return null;
        var spec = ModelSpec.FromStudy(parts[0], inputs, outputs, layers, loss);
        return spec.Text == text ? spec : null;
    }

    internal static string NameOf(LossKind loss) => loss switch
    {
        LossKind.SquaredError => "mse",
        LossKind.BinaryCrossEntropy => "bce",
        LossKind.SoftmaxCrossEntropy => "ce",
        LossKind.Prototypes => "prototypes",
        _ => "cox",
    };

    internal static LossKind? LossOf(string kind, int outputs, string? loss) => (kind, loss) switch
    {
        ("linear", null or "mse") => LossKind.SquaredError,
        ("logistic", null or "bce") => LossKind.BinaryCrossEntropy,
        ("softmax", null or "ce") => LossKind.SoftmaxCrossEntropy,
        ("cox", null or "cox") => LossKind.CoxPartialLikelihood,
        ("mlp-relu" or "mlp-tanh" or "conv-relu" or "conv-norm-relu" or "cnp", null) =>
            outputs == 1 ? LossKind.BinaryCrossEntropy : LossKind.SoftmaxCrossEntropy,
        ("mlp-relu" or "mlp-tanh" or "conv-relu" or "conv-norm-relu" or "cnp", "mse") => LossKind.SquaredError,
        ("mlp-relu" or "mlp-tanh" or "conv-relu" or "conv-norm-relu" or "cnp", "bce") => LossKind.BinaryCrossEntropy,
        ("mlp-relu" or "mlp-tanh" or "conv-relu" or "conv-norm-relu" or "cnp", "ce") => LossKind.SoftmaxCrossEntropy,
        ("mlp-relu" or "mlp-tanh" or "conv-relu" or "conv-norm-relu", "prototypes") => LossKind.Prototypes,
        _ => null,
    };

    private static void AddImageProblems(
        string kind, int inputs, IReadOnlyList<int> layers, List<string> problems)
    {
        if (layers.Count < 2)
        {
            problems.Add($"a {kind} model needs layers = [image channels, channels of each convolution ...]");
            return;
        }

        var side = (int)Math.Sqrt(inputs / layers[0]);
        if (layers[0] * side * side != inputs)
            problems.Add($"{inputs} inputs are no square image of {layers[0]} channels");
        else if (side >> (layers.Count - 1) == 0)
            problems.Add($"an image of side {side} is too small for {layers.Count - 1} poolings");
    }

    private static long CountParameters(string kind, int inputs, int outputs, IReadOnlyList<int> layers)
    {
        long count = 0;
        long width = inputs;
        if (kind is "conv-relu" or "conv-norm-relu")
        {
            var ofEachChannel = kind == "conv-norm-relu" ? 3 : 1; // bias, and the norm's weight and bias
            for (var i = 1; i < layers.Count; i++) count += (layers[i - 1] * 9L + ofEachChannel) * layers[i];
            long side = (int)Math.Sqrt(inputs / layers[0]) >> (layers.Count - 1);
            return count + (layers[^1] * side * side + 1) * outputs;
        }

        if (kind == "cnp")
        {
            count = CountParameters("mlp-relu", inputs + outputs, layers[^1], layers); // the encoder; then the decoder
            width += layers[^1];
        }

        foreach (var next in layers)
        {
            count += (width + 1) * next;
            width = next;
        }

        return count + (width + 1) * outputs;
    }

    private static int? Number(string part, string prefix) =>
        part.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(part[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}

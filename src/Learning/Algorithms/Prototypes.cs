using System.Globalization;
using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Embeddings and class means, over the seam.</summary>
public static class Prototypes
{
    /// <summary>
    /// What enters the last layer, [records, width]: the predictions of the same network with the identity as last
    /// layer.
    /// </summary>
    /// <param name="engine">Computes it.</param>
    /// <param name="spec">A network with a hidden layer.</param>
    /// <param name="theta">Its parameters; those of the last layer do not matter.</param>
    /// <param name="inputs">[records, inputs].</param>
    public static T[] Embed<T>(IEngine engine, ModelSpec spec, ReadOnlySpan<T> theta, ReadOnlySpan<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(spec);
        FlatVector.RequireSameLength(spec.ParameterCount, theta.Length);
        var width = spec.EmbeddingWidth;
        var square = ModelSpec.FromStudy(spec.Kind, spec.Inputs, width, spec.Layers, "mse");
        var body = new T[square.ParameterCount];
        theta[..spec.HeadOffset].CopyTo(body);
        for (var k = 0; k < width; k++) body[square.HeadOffset + (k * width) + k] = T.One;
        var embeddings = new T[inputs.Length / spec.Inputs * width];
        engine.Build<T>(square).Predict(body, inputs, embeddings);
        return embeddings;
    }

    /// <summary>
    /// Fills the last layer so that the class of the nearest prototype has the largest logit:
    /// -|z - p|² = 2 z·p - |p|² - |z|², of which the last part is the same for all classes. With one output the logit
    /// is the difference of the two classes'.
    /// </summary>
    /// <param name="spec">The network.</param>
    /// <param name="embeddings">Of the labelled records, [records, width].</param>
    /// <param name="labels">Their classes, 0 .. classes - 1.</param>
    /// <param name="theta">The parameters; its last layer is written.</param>
    /// <returns>The classes without a record, for which there is no prototype and nothing is written; empty where all
    /// is well.</returns>
    public static IReadOnlyList<int> WriteHead<T>(
        ModelSpec spec, ReadOnlySpan<T> embeddings, ReadOnlySpan<T> labels, Span<T> theta)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(spec);
        FlatVector.RequireSameLength(spec.ParameterCount, theta.Length);
        FlatVector.RequireSameLength(labels.Length * spec.EmbeddingWidth, embeddings.Length);
        var (width, classes) = (spec.EmbeddingWidth, spec.EpisodeClasses);
        var (means, counts) = (new double[classes * width], new int[classes]);
        foreach (var label in labels) counts[int.CreateChecked(label)]++;
        if (counts.Contains(0)) return [.. Enumerable.Range(0, classes).Where(c => counts[c] == 0)];
        for (var i = 0; i < labels.Length; i++)
        {
            var c = int.CreateChecked(labels[i]);
            for (var k = 0; k < width; k++)
                means[(c * width) + k] += double.CreateTruncating(embeddings[(i * width) + k]) / counts[c];
        }

        for (var output = 0; output < spec.Outputs; output++)
        {
            double bias = 0;
            for (var k = 0; k < width; k++)
            {
                var (own, other) = spec.Outputs == 1
                    ? (means[width + k], means[k])
                    : (means[(output * width) + k], 0);
                theta[spec.HeadOffset + (output * width) + k] = T.CreateTruncating(2 * (own - other));
                bias += (other * other) - (own * own);
            }

            theta[spec.LastBiasOffset + output] = T.CreateTruncating(bias);
        }

        return [];
    }

    internal static string Missing(IReadOnlyList<int> classes) => string.Create(
        CultureInfo.InvariantCulture,
        $"there is no labelled patient of class {string.Join(", ", classes)}: a prototype is the mean of a class's "
        + $"patients, and each class needs one");
}

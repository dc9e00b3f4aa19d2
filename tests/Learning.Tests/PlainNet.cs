namespace FedMeta.Learning.Tests;

/// <summary>The forward pass of a convolutional net as its definition says it, without any arrangement.</summary>
internal static class PlainNet
{
    public static double Loss(ModelSpec spec, double[] theta, Batch<double> batch)
    {
        double sum = 0;
        for (var record = 0; record < batch.Count; record++)
        {
            var one = batch.Slice(record, 1);
            var scores = Scores(spec, theta, one.Inputs.ToArray());
            var targets = one.Targets.ToArray();
            sum += spec.Loss switch
            {
                LossKind.SoftmaxCrossEntropy => Math.Log(scores.Sum(Math.Exp)) - scores[(int)targets[0]],
                LossKind.SquaredError => scores.Zip(targets, (s, y) => (s - y) * (s - y)).Average(),
                _ => scores.Zip(targets, (s, y) => Math.Log(1 + Math.Exp(s)) - (y * s)).Average(),
            };
        }

        return sum / batch.Count;
    }

    private static double[] Scores(ModelSpec spec, double[] theta, double[] image)
    {
        var at = 0;
        var side = (int)Math.Sqrt(spec.Inputs / spec.Layers[0]);
        for (var b = 1; b < spec.Layers.Length; b++)
        {
            image = Convolve(image, spec.Layers[b - 1], spec.Layers[b], side, theta, ref at);
            if (spec.Kind == "conv-norm-relu") Normalise(image, spec.Layers[b], side, theta, ref at);
            image = Pool(image, spec.Layers[b], side);
            side /= 2;
        }

        var scores = new double[spec.Outputs];
        for (var o = 0; o < scores.Length; o++)
        {
            scores[o] = theta[at + (spec.Outputs * image.Length) + o];
            for (var i = 0; i < image.Length; i++) scores[o] += theta[at + (o * image.Length) + i] * image[i];
        }

        return scores;
    }

    private static double[] Convolve(
        double[] image, int channelsIn, int channelsOut, int side, double[] theta, ref int at)
    {
        var result = new double[channelsOut * side * side];
        for (var o = 0; o < channelsOut; o++)
            for (var y = 0; y < side; y++)
                for (var x = 0; x < side; x++)
                {
                    var sum = theta[at + (channelsOut * channelsIn * 9) + o];
                    for (var i = 0; i < channelsIn; i++)
                        for (var ky = 0; ky < 3; ky++)
                            for (var kx = 0; kx < 3; kx++)
                            {
                                var (sy, sx) = (y + ky - 1, x + kx - 1);
                                if (sy < 0 || sx < 0 || sy >= side || sx >= side) continue;
                                sum += theta[at + (((((o * channelsIn) + i) * 3) + ky) * 3) + kx]
                                    * image[(((i * side) + sy) * side) + sx];
                            }

                    result[(((o * side) + y) * side) + x] = sum;
                }

        at += ((channelsIn * 9) + 1) * channelsOut;
        return result;
    }

    private static void Normalise(double[] image, int channels, int side, double[] theta, ref int at)
    {
        var groups = Enumerable.Range(1, Math.Min(8, channels)).Last(g => channels % g == 0);
        var length = image.Length / groups;
        for (var g = 0; g < groups; g++)
        {
            var group = image.AsSpan(g * length, length);
            var mean = group.ToArray().Average();
            var variance = group.ToArray().Average(x => (x - mean) * (x - mean));
            foreach (ref var x in group) x = (x - mean) / Math.Sqrt(variance + 1e-5);
        }

        for (var i = 0; i < image.Length; i++)
        {
            var channel = i / (side * side);
            image[i] = (image[i] * theta[at + channel]) + theta[at + channels + channel];
        }

        at += 2 * channels;
    }

    private static double[] Pool(double[] image, int channels, int side)
    {
        var half = side / 2;
        var result = new double[channels * half * half]; // zero: no output is below it
        for (var c = 0; c < channels; c++)
            for (var y = 0; y < 2 * half; y++)
                for (var x = 0; x < 2 * half; x++)
                {
                    ref var largest = ref result[(((c * half) + (y / 2)) * half) + (x / 2)];
                    largest = Math.Max(largest, image[(((c * side) + y) * side) + x]);
                }

        return result;
    }
}

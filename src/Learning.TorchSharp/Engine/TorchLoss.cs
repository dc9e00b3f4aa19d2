using System.Numerics;
using static TorchSharp.torch;

namespace FedMeta.Learning.Torch;

/// <summary>The mean loss of a batch, as the managed engine's heads have it.</summary>
internal static class TorchLoss
{
    /// <param name="spec">The model.</param>
    /// <param name="transfer">To the device.</param>
    /// <param name="theta">All parameters, flat.</param>
    /// <param name="batch">Records that fit the model.</param>
    public static Tensor Of<T>(ModelSpec spec, Transfer transfer, Tensor theta, Batch<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var embedded = TorchNetwork.Embedded(spec, theta, transfer.Upload(batch.Inputs.Span), batch.Count);
        return spec.Loss == LossKind.Prototypes
            ? TorchEpisode.Loss(transfer, embedded, batch, spec)
            : OfScores(spec, transfer, TorchNetwork.Head(spec, theta, embedded), batch);
    }

    /// <summary>The class that a target names. An index out of range would end in undefined values or, on a device, in
    /// an assertion that disables it for the whole process.</summary>
    /// <exception cref="ArgumentException">It names none.</exception>
    public static long ClassOf<T>(T target, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var index = long.CreateSaturating(target);
        return index >= 0 && index < classes && T.CreateTruncating(index) == target
            ? index
            : throw new ArgumentException($"target {target} is no class index below {classes}");
    }

    private static Tensor OfScores<T>(ModelSpec spec, Transfer transfer, Tensor scores, Batch<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => spec.Loss switch
        {
            LossKind.SquaredError => nn.functional.mse_loss(scores, Targets(spec, transfer, batch)),
            LossKind.BinaryCrossEntropy =>
                nn.functional.binary_cross_entropy_with_logits(scores, Targets(spec, transfer, batch)),
            LossKind.SoftmaxCrossEntropy => nn.functional.cross_entropy(scores, Classes(spec, transfer, batch)),
            _ => Cox(transfer, scores, batch),
        };

    private static Tensor Targets<T>(ModelSpec spec, Transfer transfer, Batch<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        transfer.Upload(batch.Targets.Span).view(batch.Count, spec.Outputs);

    private static Tensor Classes<T>(ModelSpec spec, Transfer transfer, Batch<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        transfer.Upload<long>([.. batch.Targets.ToArray().Select(target => ClassOf(target, spec.Outputs))]);

    // Sorted by falling time (stable), patient i with an event adds log sum_{j <= i} e^{s_j} - s_i.
    private static Tensor Cox<T>(Transfer transfer, Tensor scores, Batch<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var targets = batch.Targets.ToArray();
        long[] order = [.. Enumerable.Range(0, batch.Count).OrderByDescending(i => targets[2 * i])
            .Select(i => (long)i)];
        T[] happened = [.. order.Select(i => targets[2 * i + 1] != T.Zero ? T.One : T.Zero)];
        var sorted = scores.view(batch.Count).index_select(0L, transfer.Upload<long>(order));
        return sorted.logcumsumexp(0L).sub(sorted).mul(transfer.Upload<T>(happened)).mean();
    }
}

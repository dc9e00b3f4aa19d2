using TorchSharp;
using static TorchSharp.torch;

namespace FedMeta.Learning.Torch;

/// <summary>The layers of a model, over parameters that are parts of one flat vector.</summary>
internal static class TorchNetwork
{
    /// <summary>What enters the last layer [rows, width].</summary>
    /// <param name="spec">The model.</param>
    /// <param name="theta">All parameters, flat.</param>
    /// <param name="inputs">Records, flat.</param>
    /// <param name="rows">How many.</param>
    public static Tensor Embedded(ModelSpec spec, Tensor theta, Tensor inputs, long rows) => spec.IsConvolutional
        ? Convolutional(spec, theta, inputs, rows)
        : Dense(spec, theta, inputs.view(rows, spec.Inputs));

    /// <summary>The last layer: raw outputs [rows, outputs].</summary>
    public static Tensor Head(ModelSpec spec, Tensor theta, Tensor embedded) => nn.functional.linear(
        embedded, Block(spec, theta, spec.Blocks.Length - 2), Block(spec, theta, spec.Blocks.Length - 1));

    private static Tensor Dense(ModelSpec spec, Tensor theta, Tensor here)
    {
        for (var layer = 0; layer < spec.Layers.Length; layer++)
        {
            here = nn.functional.linear(here, Block(spec, theta, 2 * layer), Block(spec, theta, 2 * layer + 1));
            here = spec.Activation == Activation.Tanh ? here.tanh() : here.relu();
        }

        return here;
    }

    private static Tensor Convolutional(ModelSpec spec, Tensor theta, Tensor inputs, long rows)
    {
        long side = spec.ImageSide;
        var here = inputs.view(rows, spec.Layers[0], side, side);
        var block = 0;
        Tensor Next() => Block(spec, theta, block++);
        foreach (var channels in spec.Layers.Skip(1))
        {
            // Every argument is written out here and below: what they default to differs between versions.
            here = nn.functional.conv2d(here, Next(), Next(), [1, 1], [1, 1], [1, 1], 1);
            if (spec.HasGroupNorm)
                here = nn.functional.group_norm(
                    here, GroupNormKernel<float>.GroupsOf(channels), Next(), Next(), 1e-5);
            here = nn.functional.max_pool2d(here.relu(), [2, 2], [2, 2], [0, 0], [1, 1], false);
        }

        return here.contiguous().view(rows, spec.Blocks[^2].FanIn);
    }

    private static Tensor Block(ModelSpec spec, Tensor theta, int index)
    {
        var block = spec.Blocks[index];
        return theta.narrow(0L, block.Offset, block.Length).view([.. block.Shape.Select(side => (long)side)]);
    }
}

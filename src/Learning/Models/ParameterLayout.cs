using System.Collections.Immutable;

namespace FedMeta.Learning;

/// <summary>Lays the tensors of a model out in one vector.</summary>
internal static class ParameterLayout
{
    public static ImmutableArray<ParameterBlock> Of(ModelSpec spec)
    {
        var blocks = ImmutableArray.CreateBuilder<ParameterBlock>();
        if (spec.IsConvolutional) Convolutional(spec, blocks);
        else if (spec.Kind == "cnp") NeuralProcess(spec, blocks);
        else Dense(spec, blocks);
        return blocks.ToImmutable();
    }

    private static void NeuralProcess(ModelSpec spec, ImmutableArray<ParameterBlock>.Builder blocks)
    {
        var shape = new NeuralProcessShape(spec);
        foreach (var block in shape.Encoder.Blocks) Add(blocks, "encoder" + block.Name, block.FanIn, [.. block.Shape]);
        foreach (var block in shape.Decoder.Blocks) Add(blocks, "decoder" + block.Name, block.FanIn, [.. block.Shape]);
    }

    private static void Dense(ModelSpec spec, ImmutableArray<ParameterBlock>.Builder blocks)
    {
        var width = spec.Inputs;
        for (var layer = 0; layer <= spec.Layers.Length; layer++)
        {
            var next = layer < spec.Layers.Length ? spec.Layers[layer] : spec.Outputs;
            Add(blocks, $"W{layer}", width, next, width);
            Add(blocks, $"b{layer}", width, next);
            width = next;
        }
    }

    private static void Convolutional(ModelSpec spec, ImmutableArray<ParameterBlock>.Builder blocks)
    {
        var side = spec.ImageSide;
        for (var layer = 1; layer < spec.Layers.Length; layer++)
        {
            var fanIn = spec.Layers[layer - 1] * 9;
            Add(blocks, $"convW{layer - 1}", fanIn, spec.Layers[layer], spec.Layers[layer - 1], 3, 3);
            Add(blocks, $"convb{layer - 1}", fanIn, spec.Layers[layer]);
            if (spec.HasGroupNorm)
            {
                AddConstant(blocks, $"normW{layer - 1}", 1, spec.Layers[layer]);
                AddConstant(blocks, $"normb{layer - 1}", 0, spec.Layers[layer]);
            }

            side /= 2;
        }

        var flat = spec.Layers[^1] * side * side;
        Add(blocks, "W", flat, spec.Outputs, flat);
        Add(blocks, "b", flat, spec.Outputs);
    }

    private static void Add(
        ImmutableArray<ParameterBlock>.Builder blocks, string name, int fanIn, params ReadOnlySpan<int> shape)
    {
        var offset = blocks.Count == 0 ? 0 : checked(blocks[^1].Offset + blocks[^1].Length);
        blocks.Add(new ParameterBlock(name, [.. shape], offset, fanIn));
    }

    private static void AddConstant(
        ImmutableArray<ParameterBlock>.Builder blocks, string name, double start, int length)
    {
        Add(blocks, name, 1, length);
        blocks[^1] = blocks[^1] with { Start = start };
    }
}

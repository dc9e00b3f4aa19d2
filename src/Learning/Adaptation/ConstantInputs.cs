using System.Collections.Immutable;
using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Inputs that are the same for all patients at hand.</summary>
internal static class ConstantInputs
{
    /// <summary>Their numbers, for models whose first layer sees each input by itself; none for images.</summary>
    public static ImmutableArray<int> Of<T>(ModelSpec spec, Batch<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (batch.Count < 2 || !IsDense(spec)) return [];
        var constant = ImmutableArray.CreateBuilder<int>();
        var inputs = batch.Inputs.Span;
        for (var column = 0; column < spec.Inputs; column++)
        {
            var row = 1;
            while (row < batch.Count && inputs[row * spec.Inputs + column] == inputs[column]) row++;
            if (row == batch.Count) constant.Add(column);
        }

        return constant.ToImmutable();
    }

    /// <summary>A copy of rates that is 0 at the first layer's weights of those inputs.</summary>
    public static T[] Freeze<T>(ModelSpec spec, ReadOnlySpan<T> rates, ImmutableArray<int> columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var frozen = rates.ToArray();
        foreach (var column in columns)
            for (var i = column; i < spec.Blocks[0].Length; i += spec.Inputs) frozen[i] = T.Zero;
        return frozen;
    }

    private static bool IsDense(ModelSpec spec) =>
        spec.Blocks[0].Shape.Length == 2 && spec.Blocks[0].Shape[1] == spec.Inputs;
}

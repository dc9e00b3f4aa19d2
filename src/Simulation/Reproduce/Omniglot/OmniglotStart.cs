using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>
/// The parameters that training starts from: biases zero, weights of convolutions uniform in ±sqrt(6 / fan-in) (He,
/// Zhang, Ren and Sun 2015), those of dense layers in ±1 / sqrt(fan-in). Of the usual starts this one's untrained
/// networks adapt most like the reference's, which does not say its own.
/// </summary>
internal static class OmniglotStart
{
    /// <summary>A function of <paramref name="seed"/> alone.</summary>
    public static double[] Of(ModelSpec spec, ulong seed)
    {
        var theta = new double[spec.ParameterCount];
        var generator = new SeededGenerator(seed);
        foreach (var block in spec.Blocks)
        {
            if (block.Shape.Length == 1) continue;
            var bound = Math.Sqrt((block.Shape.Length == 2 ? 1.0 : 6.0) / block.FanIn);
            for (var i = 0; i < block.Length; i++) theta[block.Offset + i] = bound * (2 * generator.NextUnit() - 1);
        }

        return theta;
    }
}

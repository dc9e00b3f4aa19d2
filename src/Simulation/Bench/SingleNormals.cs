using FedMeta.Learning;

namespace FedMeta.Simulation.Bench;

/// <summary>Numbers to compute with.</summary>
internal static class SingleNormals
{
    public static float[] Draw(SeededGenerator generator, int count)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++) numbers[i] = (float)generator.NextNormal();
        return numbers;
    }
}

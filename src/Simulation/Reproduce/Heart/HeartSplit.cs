using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>Patients of every hospital to learn from and to be judged on, scaled.</summary>
internal static class HeartSplit
{
    /// <summary>The split of the file.</summary>
    public static IReadOnlyList<Site> Published(IReadOnlyList<HeartHospital> hospitals, ScalingOrigin scaling) =>
        Scaled(hospitals, [.. hospitals.Select(h => (h.TrainRows, h.TestRows))], scaling);

    /// <summary>A random split with as many training patients at each hospital as the file's.</summary>
    public static IReadOnlyList<Site> Random(
        IReadOnlyList<HeartHospital> hospitals, ScalingOrigin scaling, ulong seed) =>
        Scaled(hospitals, [.. hospitals.Select((h, i) =>
        {
            var order = new SeededGenerator(SeededGenerator.Derive(seed, (ulong)i)).Permutation(h.Patients.Count);
            return (order[..h.TrainRows.Length], order[h.TrainRows.Length..]);
        })], scaling);

    private static Site[] Scaled(
        IReadOnlyList<HeartHospital> hospitals, (int[] Train, int[] Test)[] rows, ScalingOrigin scaling)
    {
        Batch<double>[] train = [.. hospitals.Select((h, i) => h.Patients.Select(rows[i].Train))];
        var all = LearnedScaling.Of(Batch<double>.Concatenate(train));
        return [.. hospitals.Select((h, i) =>
        {
            var own = scaling == ScalingOrigin.Hospital ? LearnedScaling.Of(train[i]) : all;
            return new Site(h.Name, own.Apply(train[i]), own.Apply(h.Patients.Select(rows[i].Test)));
        })];
    }
}

using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>Patients of every hospital to learn from and to be judged on, scaled.</summary>
internal static class HeartSplit
{
    /// <summary>The split of the file.</summary>
    public static IReadOnlyList<Site> Published(IReadOnlyList<HeartHospital> hospitals, ScalingOrigin scaling) =>
        Scaled(hospitals, [.. hospitals.Select(h => (h.TrainRows, h.TestRows))], scaling);

    /// <summary>The split of the file, scaled as a study says: by public constants that no patient moves.</summary>
    /// <exception cref="FedMetaException">The study has other features than the file.</exception>
    public static IReadOnlyList<Site> Published(IReadOnlyList<HeartHospital> hospitals, DataTerms study)
    {
        var columns = hospitals[0].Features;
        var constants = study.Features.ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        if (!constants.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(columns))
            throw new FedMetaException(
                ExitCode.Data, "the study has other features than the file", "give a study with the columns "
                + string.Join(", ", columns));
        var scaling = new FeatureScaling(
            columns.Select(column => constants[column].Centre), columns.Select(column => constants[column].Scale));
        return [.. hospitals.Select(h => new Site(h.Name, Scaled(h, h.TrainRows), Scaled(h, h.TestRows)))];

        Batch<double> Scaled(HeartHospital hospital, int[] rows)
        {
            var patients = hospital.Patients.Select(rows);
            var z = new double[patients.Inputs.Length];
            scaling.Apply<double>(patients.Inputs.Span, z);
            return new Batch<double>(z, patients.Targets, patients.Count);
        }
    }

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

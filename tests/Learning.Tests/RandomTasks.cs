namespace FedMeta.Learning.Tests;

/// <summary>Tasks of the size of the sinusoid problem, the same every time.</summary>
internal static class RandomTasks
{
    public static (IModel<float> Model, float[] State, IReadOnlyList<MetaTask<float>> Tasks) Sinusoids(int count)
    {
        var spec = ModelSpec.FromStudy("mlp-relu", 1, 1, [40, 40], "mse");
        var generator = new SeededGenerator(8);
        var tasks = new List<MetaTask<float>>();
        for (var task = 0; task < count; task++)
        {
            float[] x = [.. RandomModels.Normals(generator, 20).Select(z => (float)z)];
            var shift = generator.NextUnit();
            // A parabola stands in for the sine: the platform's sine is not the same everywhere.
            float[] y = [.. x.Select(z => (float)(shift * z * z))];
            tasks.Add(new MetaTask<float>(new Batch<float>(x, y, 20), 10));
        }

        return (ManagedEngine.Instance.Build<float>(spec), RandomModels.Single(spec.Initial(1)), tasks);
    }
    /// <summary>Cox models of 20 patients each, some with tied times.</summary>
    public static (IModel<float> Model, float[] State, IReadOnlyList<MetaTask<float>> Tasks) Survival(int count)
    {
        var spec = ModelSpec.FromStudy("cox", 6, 1, [], null);
        var generator = new SeededGenerator(9);
        var tasks = new List<MetaTask<float>>();
        for (var task = 0; task < count; task++)
        {
            float[] targets = [.. Enumerable.Range(0, 40).Select(i => (float)generator.NextBelow(i % 2 == 0 ? 12 : 2))];
            tasks.Add(new MetaTask<float>(
                new Batch<float>(RandomModels.Single(RandomModels.Normals(generator, 20 * 6)), targets, 20), 10));
        }

        return (ManagedEngine.Instance.Build<float>(spec), RandomModels.Single(spec.Initial(1)), tasks);
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FedMeta.Learning.Tests;

/// <summary>One hash of what the engine computes: every kind of model, both precisions, products wide enough for packed
/// panels, and the sum of the updates of many tasks.</summary>
internal static class EngineBits
{
    public static string Hash(int threads)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var kind in RandomModels.Kinds) AddModel(hash, kind);
        AddWideNet(hash);
        AddImages(hash, "conv-relu");
        AddImages(hash, "conv-norm-relu");
        AddElementaryFunctions(hash);
        AddTasks(hash, threads);
        return Convert.ToHexStringLower(hash.GetCurrentHash())[..32];
    }

    private static void AddModel(IncrementalHash hash, string kind)
    {
        var (model, theta, batch, generator) = RandomModels.Of(kind, 17);
        var v = RandomModels.Normals(generator, theta.Length);
        Add(hash, model, theta, batch, v);
        var single = new Batch<float>(
            RandomModels.Single(batch.Inputs.ToArray()), RandomModels.Single(batch.Targets.ToArray()), batch.Count);
        Add(hash, ManagedEngine.Instance.Build<float>(model.Spec), RandomModels.Single(theta), single,
            RandomModels.Single(v));
        if (kind == "cox") return;
        var (sum, norms) = (new double[theta.Length], new double[batch.Count]);
        model.ClippedGradientSum(theta, batch, 0.5, sum, norms);
        hash.AppendData(MemoryMarshal.AsBytes(sum.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(norms.AsSpan()));
    }

    private static void AddWideNet(IncrementalHash hash)
    {
        var generator = new SeededGenerator(5);
        var spec = ModelSpec.FromStudy("mlp-relu", 700, 5, [70, 33], "ce");
        var batch = new Batch<float>(
            RandomModels.Single(RandomModels.Normals(generator, 25 * 700)),
            Enumerable.Range(0, 25).Select(i => i % 5f).ToArray(), 25);
        Add(hash, ManagedEngine.Instance.Build<float>(spec), RandomModels.Single(spec.Initial(3)), batch,
            RandomModels.Single(RandomModels.Normals(generator, spec.ParameterCount)));
    }

    /// <summary>Channels of one vector and a little more, of two and a little more; sides that are odd.</summary>
    private static void AddImages(IncrementalHash hash, string kind)
    {
        var generator = new SeededGenerator(7);
        var spec = ModelSpec.FromStudy(kind, 3 * 11 * 11, 4, [3, 20, 36], "ce");
        var batch = new Batch<float>(
            RandomModels.Single(RandomModels.Normals(generator, 3 * spec.Inputs)), new float[] { 2, 0, 3 }, 3);
        Add(hash, ManagedEngine.Instance.Build<float>(spec), RandomModels.Single(spec.Initial(3)), batch,
            RandomModels.Single(RandomModels.Normals(generator, spec.ParameterCount)));
    }

    private static void AddElementaryFunctions(IncrementalHash hash)
    {
        for (var i = -4000; i <= 4000; i++)
        {
            var x = (i / 70.0) + 0.001;
            double[] values =
            [
                ElementaryFunctions.Exp(x), ElementaryFunctions.Exp(13 * x), ElementaryFunctions.Log(x * x),
                ElementaryFunctions.Tanh(x / 10), ElementaryFunctions.Sigmoid(x), ElementaryFunctions.Softplus(x),
            ];
            hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    private static void AddTasks(IncrementalHash hash, int threads)
    {
        var (model, state, tasks) = RandomTasks.Sinusoids(13);
        var algorithm = MetaAlgorithms.Create<float>(new AlgorithmSettings("maml", 0.01, 2), model.Spec);
        var sum = new float[state.Length];
        new TaskUpdates<float>(model, algorithm, threads).Run(
            state, tasks, (_, _, update) => FlatVector.Add<float>(sum, update));
        hash.AppendData(MemoryMarshal.AsBytes(sum.AsSpan()));
    }

    private static void Add<T>(IncrementalHash hash, IModel<T> model, T[] theta, Batch<T> batch, T[] v)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var vector = new T[theta.Length];
        hash.AppendData(BitConverter.GetBytes(model.Gradient(theta, batch, vector)));
        hash.AppendData(MemoryMarshal.AsBytes(vector.AsSpan()));
        model.HessianVectorProduct(theta, batch, v, vector);
        hash.AppendData(MemoryMarshal.AsBytes(vector.AsSpan()));
    }
}

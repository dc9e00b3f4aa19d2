namespace FedMeta.Learning.Torch.Tests;

/// <summary>Alone in the process while they run: what others allocate would count.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests
{
    [TorchFact]
    public void Memory_stays_flat_over_ten_thousand_steps()
    {
        var spec = ModelSpec.FromStudy("mlp-tanh", 20, 3, [40, 20]);
        var (theta, batch, v) = RandomModels.Draw(spec, 1);
        var model = Engines.Torch!.Build<double>(spec);
        var (gradient, product) = (new double[theta.Length], new double[theta.Length]);
        void Run(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                model.Gradient(theta, batch, gradient);
                model.HessianVectorProduct(theta, batch, v, product);
                model.Loss(theta, batch);
            }
        }

        Run(3000);
        var before = OfTheLibrary();
        Run(10_000);

        // A vector of theta's length that stays behind in each step would be 138 MB.
        Assert.InRange(OfTheLibrary() - before, long.MinValue, 8 << 20);
    }

    /// <summary>What the process holds outside of the garbage collector's heap.</summary>
    private static long OfTheLibrary()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet - GC.GetGCMemoryInfo().TotalCommittedBytes;
    }
}

using BenchmarkDotNet.Attributes;

namespace FedMeta.SecureAgg.Benchmarks;

/// <summary>A client's whole mask in a round with 32 neighbours: 33 masks on 2^20 entries of 20 bits, keys expanded
/// each time. An operation is one mask on one entry.</summary>
public class MaskSumBenchmarks
{
    private const int Masks = 33;
    private const int Length = 1 << 20;
    private readonly MaskSum _masks = new();
    private readonly RingVector[] _vectors = [new RingVector(Length, 20)];

    /// <summary>Threads at most.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Collects the keys.</summary>
    [GlobalSetup]
    public void Setup()
    {
        for (var mask = 0; mask < Masks; mask++)
        {
            var key = new byte[MaskKernel.KeyLength];
            key[0] = (byte)mask;
            _masks.Add(key, mask % 2 == 0 ? MaskSign.Add : MaskSign.Subtract);
        }
    }

    /// <summary>All masks on.</summary>
    [Benchmark(OperationsPerInvoke = Masks * Length)]
    public void Apply() => _masks.ApplyTo(_vectors, Threads);

    /// <summary>Erases the keys.</summary>
    [GlobalCleanup]
    public void Cleanup() => _masks.Dispose();
}

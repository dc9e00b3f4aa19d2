using BenchmarkDotNet.Attributes;

namespace FedMeta.SecureAgg.Benchmarks;

/// <summary>Packing 2^20 entries, and adding a packed vector to a sum. An operation is an entry.</summary>
public class PackingBenchmarks
{
    private const int Length = 1 << 20;
    private RingVector _vector = new(0, 8);
    private byte[] _packed = [];

    /// <summary>Width of the ring.</summary>
    [Params(8, 16, 20, 23, 26, 31, 32, 40, 64)]
    public int Bits { get; set; }

    /// <summary>Makes a vector and its packed bytes.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _vector = new RingVector(Length, Bits);
        for (var i = 0UL; i < Length; i++) _vector[(int)i] = (i * 2654435761) & _vector.Mask;
        _packed = RingPacking.Pack([_vector]);
    }

    /// <summary>Words to bytes.</summary>
    [Benchmark(OperationsPerInvoke = Length)]
    public void Pack() => RingPacking.Pack(_vector, _packed);

    /// <summary>Bytes onto words.</summary>
    [Benchmark(OperationsPerInvoke = Length)]
    public void Add() => new PackedStream([_vector], MaskSign.Add).Push(_packed);
}

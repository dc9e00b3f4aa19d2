using BenchmarkDotNet.Attributes;

namespace FedMeta.SecureAgg.Benchmarks;

/// <summary>16 KiB of keystream onto a vector in the fast cache. An operation is a byte of keystream.</summary>
public class MaskKernelBenchmarks
{
    private const int Keystream = 16384;
    private MaskKernel _kernel = new EcbMaskKernel(1);
    private MaskPiece _piece;

    /// <summary>With the processor's AES instructions, or by the library.</summary>
    [Params("aes-ni", "portable")]
    public string Kernel { get; set; } = "";

    /// <summary>Bytes of keystream for an entry.</summary>
    [Params(2, 4, 8)]
    public int ElementBytes { get; set; }

    /// <summary>Expands the key.</summary>
    [GlobalSetup]
    public void Setup()
    {
        if (Kernel == "aes-ni") _kernel = new AesNiMaskKernel(1);
        _kernel.SetKey(0, new byte[MaskKernel.KeyLength]);
        var vector = new RingVector(Keystream / ElementBytes, 8 * ElementBytes);
        _piece = new MaskPiece(vector, 0, vector.Length, 0);
    }

    /// <summary>One mask on.</summary>
    [Benchmark(OperationsPerInvoke = Keystream)]
    public void Add() => _kernel.Apply(0, _piece, MaskSign.Add);

    /// <summary>Erases the round keys.</summary>
    [GlobalCleanup]
    public void Cleanup() => _kernel.Dispose();
}

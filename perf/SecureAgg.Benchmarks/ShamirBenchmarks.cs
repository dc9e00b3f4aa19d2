using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;

namespace FedMeta.SecureAgg.Benchmarks;

/// <summary>A secret of 32 bytes split among a cohort with t = floor(2n/3) + 1, and recovered from t honest shares. An
/// operation is a call.</summary>
public class ShamirBenchmarks
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(ShamirSharing.SecretLength);
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private byte[] _shares = [];
    private PlacedShare[] _placed = [];
    private int _threshold;

    /// <summary>Clients n.</summary>
    [Params(16, 100, 256)]
    public int Clients { get; set; }

    /// <summary>Splits once, for the recovery.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _threshold = (2 * Clients / 3) + 1;
        _shares = new byte[Clients * ShamirSharing.ShareLength];
        Split();
        _placed = [.. Enumerable.Range(0, _threshold).Select(i => new PlacedShare(
            i + 1, _shares.AsMemory(i * ShamirSharing.ShareLength, ShamirSharing.ShareLength)))];
    }

    /// <summary>All shares of a secret.</summary>
    [Benchmark]
    public void Split() => ShamirSharing.Split(_secret, _threshold, Clients, _shares, _random);

    /// <summary>The secret from t shares, proved.</summary>
    [Benchmark]
    public bool Recover() =>
        SecretRecovery.Run(_placed, _threshold, secret => secret.SequenceEqual(_secret)) is not null;

    /// <summary>Gives the random source back.</summary>
    [GlobalCleanup]
    public void Cleanup() => _random.Dispose();
}

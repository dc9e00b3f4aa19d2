using BenchmarkDotNet.Attributes;

namespace FedMeta.SecureAgg.Benchmarks;

/// <summary>Key agreement. An operation is a call.</summary>
public class X25519Benchmarks
{
    private readonly byte[] _secret = [.. Enumerable.Range(1, X25519.KeyLength).Select(i => (byte)i)];
    private readonly byte[] _shared = new byte[X25519.KeyLength];
    private byte[] _public = [];

    /// <summary>Makes the peer's key.</summary>
    [GlobalSetup]
    public void Setup() => _public = X25519.PublicKey([.. _secret.Reverse()]);

    /// <summary>The public key of a secret key.</summary>
    [Benchmark]
    public byte[] PublicKey() => X25519.PublicKey(_secret);

    /// <summary>The secret shared with a peer.</summary>
    [Benchmark]
    public bool Agree() => X25519.TryAgree(_secret, _public, _shared);
}

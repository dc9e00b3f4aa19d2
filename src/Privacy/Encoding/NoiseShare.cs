using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FedMeta.Privacy;

/// <summary>
/// One client's noise for one message: drawn whole before any data are touched, used once, zeroed. Draw it in the idle
/// time before a round: the time that drawing takes depends on the noise. What h unknown shares hide together: Kairouz,
/// Liu and Steinke 2021, Theorem 1, and docs/proofs/noise-shares.md; how one is drawn: docs/proofs/sampler.md.
/// </summary>
public sealed class NoiseShare : IDisposable
{
    /// <summary>How the noise is drawn, in the words of a ledger: <see cref="DiscreteGaussian"/>.</summary>
    public const string SamplerName = "discrete-gaussian-exact";

    /// <summary>Where its random bits come from: a key of the system's generator, expanded with AES-256-CTR.</summary>
    public const string RandomName = "system-csprng-aes256-ctr";

    // Pinned, so that the collector leaves no copies behind.
    private readonly long[] _values;
    private bool _used;

    private NoiseShare(int length) => _values = GC.AllocateArray<long>(length, pinned: true);

    /// <summary>Number of coordinates.</summary>
    public int Length => _values.Length;

    /// <summary>Draws discrete Gaussian noise of the plan's local variance for every padded coordinate.</summary>
    /// <param name="plan">A plan that <see cref="MechanismPlan.Verify"/> accepted.</param>
    /// <param name="random">Cryptographic source.</param>
    /// <param name="stop">Ends the drawing; what was drawn by then is zeroed.</param>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static NoiseShare Draw(MechanismPlan plan, RandomNumberGenerator random, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.LocalVariance < MechanismPlan.LeastLocalVariance)
            throw new ArgumentException("the plan's local variance is below 256", nameof(plan));
        var share = new NoiseShare(plan.PaddedDimension);
        try
        {
            DiscreteGaussian.Fill(share._values, plan.LocalVariance, random, stop);
        }
        catch
        {
            share.Dispose();
            throw;
        }

        return share;
    }

    /// <summary>Zeroes the noise.</summary>
    public void Dispose()
    {
        _used = true;
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_values.AsSpan()));
    }

    /// <summary>"(secret)".</summary>
    public override string ToString() => "(secret)";

    /// <summary>Adds the noise to the sum; a second time would let two messages be subtracted. Wrapping in 64 bits is
    /// right: the sum is taken modulo 2^b next, and 2^b divides 2^64, so no tail of the noise can end a
    /// round.</summary>
    internal void AddTo(Span<long> sum)
    {
        ObjectDisposedException.ThrowIf(_used, this);
        _used = true;
        for (var j = 0; j < sum.Length; j++) sum[j] = unchecked(sum[j] + _values[j]);
    }

    internal bool IsUsed => _used;

    internal ReadOnlySpan<long> Values => _values;
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FedMeta.Privacy;

/// <summary>
/// The client's side of the mechanism for one message: clip, rotate, scale, round to integers, check the integer norm,
/// add (Kairouz, Liu and Steinke 2021, Algorithm 1, with an integer norm check in place of rounding again). Every
/// vector is rounded by itself and the sum is one of integers, since rounding a sum of floats would move by more than B
/// when one unit leaves. Where the plan samples patients the encoder throws each vector's coin itself, so that no
/// caller can forget it, see it or throw it twice (docs/proofs/patient-sampling.md). Bounds and proofs:
/// docs/proofs/integer-norm.md, docs/proofs/patient-through-tasks.md. Secure memory: disposing zeroes the sum and the
/// noise. Not thread-safe.
/// </summary>
public sealed class ContributionEncoder : IDisposable
{
    private readonly MechanismPlan _plan;
    private readonly RandomizedHadamard _rotation;
    private readonly NoiseShare _noise;
    private readonly ICoordinateRounding _rounding;
    private readonly SamplingCoin? _coin;
    private readonly double[] _scratch;
    private readonly long[] _integers;
    private readonly long[] _sum;
    private bool _finished;

    /// <param name="plan">A plan that <see cref="MechanismPlan.Verify"/> accepted.</param>
    /// <param name="rotationSeed">The round's public seed, 32 bytes.</param>
    /// <param name="noise">Fresh noise of the same plan; the encoder owns it from here on.</param>
    /// <param name="random">Cryptographic source for the rounding and the coins.</param>
    public ContributionEncoder(
        MechanismPlan plan, ReadOnlySpan<byte> rotationSeed, NoiseShare noise, RandomNumberGenerator random)
        : this(plan, Rotation(plan, rotationSeed), noise, new StochasticRounding(random), Coin(plan, random))
    {
    }

    internal ContributionEncoder(
        MechanismPlan plan,
        RandomizedHadamard rotation,
        NoiseShare noise,
        ICoordinateRounding rounding,
        SamplingCoin? coin = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(noise);
        if (noise.Length != plan.PaddedDimension || noise.IsUsed)
            throw new ArgumentException("the noise is used up or of another plan", nameof(noise));
        if (plan.Request.SamplingRate.IsSampled != coin is not null)
            throw new ArgumentException("a plan with samples, and no other, has a coin", nameof(coin));
        _plan = plan;
        _rotation = rotation;
        _noise = noise;
        _rounding = rounding;
        _coin = coin;
        _scratch = GC.AllocateArray<double>(plan.PaddedDimension, pinned: true);
        _integers = GC.AllocateArray<long>(plan.PaddedDimension, pinned: true);
        _sum = GC.AllocateArray<long>(plan.PaddedDimension, pinned: true);
    }

    /// <summary>Vectors handed in so far, whatever became of them; with samples, coins thrown.</summary>
    public int Contributions { get; private set; }

    /// <summary>
    /// Adds the vector of one unit: one patient's gradient, one task's meta-gradient or the site's update. The outcome
    /// depends on private data and must not leave the client. With samples hand in the vector of every patient: a coin
    /// decides, and the outcome and the time are the same either way.
    /// </summary>
    /// <param name="vector">The plan's dimension of entries, model units; not changed.</param>
    /// <exception cref="InvalidOperationException">More vectors than the plan allows, or the message is
    /// finished.</exception>
    public EncodingOutcome Add(ReadOnlySpan<double> vector)
    {
        if (_finished) throw new InvalidOperationException("the message is finished");
        if (vector.Length != _plan.Request.Dimension)
            throw new ArgumentException("the vector has another dimension", nameof(vector));
        if (Contributions >= _plan.Request.MaxContributionsPerClient)
            throw new InvalidOperationException("a client adds no more vectors than its plan says");
        Contributions++;

        // Before the data are looked at: each patient's coin is its own, whatever the others' vectors are.
        var mask = _coin?.NextMask() ?? -1L;
        _scratch.AsSpan().Clear();
        if (!L2Clip.TryClip(vector, _plan.Request.ClipNorm, _scratch)) return EncodingOutcome.NotFinite;
        _rotation.Rotate(_scratch);
        for (var j = 0; j < _scratch.Length; j++) _scratch[j] *= _plan.Scale;
        var outcome = IntegerQuantizer.Quantize(_scratch, _integers, _rounding, _plan.NormBoundSquared);
        for (var j = 0; j < _sum.Length; j++) _sum[j] = checked(_sum[j] + (_integers[j] & mask));
        return outcome;
    }

    /// <summary>The sum with its noise modulo 2^b, one residue for each padded coordinate: the input of secure
    /// aggregation.</summary>
    /// <exception cref="InvalidOperationException">Called twice: one noise hides one message.</exception>
    public ulong[] Finish()
    {
        if (_finished) throw new InvalidOperationException("the message is finished");
        _finished = true;
        _noise.AddTo(_sum);
        var residues = new ulong[_sum.Length];
        for (var j = 0; j < residues.Length; j++) residues[j] = ModularRing.Reduce(_sum[j], _plan.Request.RingBits);
        Dispose();
        return residues;
    }

    /// <summary>Zeroes everything that depends on data or noise.</summary>
    public void Dispose()
    {
        _finished = true;
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_scratch.AsSpan()));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_integers.AsSpan()));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_sum.AsSpan()));
        _noise.Dispose();
        (_rounding as IDisposable)?.Dispose();
        _coin?.Dispose();
    }

    private static SamplingCoin? Coin(MechanismPlan plan, RandomNumberGenerator random) =>
        plan.Request.SamplingRate.IsSampled ? new SamplingCoin(plan.Request.SamplingRate, random) : null;

    private static RandomizedHadamard Rotation(MechanismPlan plan, ReadOnlySpan<byte> seed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return RandomizedHadamard.FromSeed(seed, plan.PaddedDimension);
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace FedMeta.Privacy;

/// <summary>
/// A run of the noise sampler of this software against its exact law, from a key that is fixed, so that everyone
/// obtains the same answer. It shows that this build samples what it should; that a hospital ran this build is
/// another question, which its stated code hash answers. None of the samples is ever used as noise.
/// </summary>
public static class SamplerSelfTest
{
    /// <summary>Samples drawn.</summary>
    public const int Samples = 20_000;

    /// <summary>Variance parameter s^2.</summary>
    public const int Variance = 100;

    // Every value up to two and a half deviations has a bin, the two tails one each.
    private const int Widest = 25;

    // Of 53 bins: a sampler that is right exceeds it once in a million keys.
    private const double CriticalValue = 116;

    private static readonly Lazy<bool> Result = new(Run);

    /// <summary>Whether the sampler follows its law.</summary>
    public static bool Passes => Result.Value;

    /// <summary>Pearson's statistic of samples against the law of <see cref="Variance"/>.</summary>
    public static double ChiSquare(ReadOnlySpan<long> samples)
    {
        Span<int> counts = stackalloc int[(2 * Widest) + 3];
        counts.Clear();
        foreach (var sample in samples) counts[(int)Math.Clamp(sample, -Widest - 1, Widest + 1) + Widest + 1]++;
        var (sum, inside) = (0.0, 0.0);
        for (var x = -Widest; x <= Widest; x++)
        {
            var expected = samples.Length * DiscreteGaussianLaw.Probability(x, Variance);
            inside += expected;
            sum += Squared(counts[x + Widest + 1], expected);
        }

        var tail = (samples.Length - inside) / 2;
        return sum + Squared(counts[0], tail) + Squared(counts[^1], tail);
    }

    private static double Squared(int count, double expected) => (count - expected) * (count - expected) / expected;

    private static bool Run()
    {
        using var stream = new FixedStream();
        var samples = new long[Samples];
        DiscreteGaussian.Fill(samples, new BigInteger(Variance), stream);
        return ChiSquare(samples) < CriticalValue;
    }

    /// <summary>SHA-256 of a counter: bytes that are the same everywhere, and no secret.</summary>
    private sealed class FixedStream : RandomNumberGenerator
    {
        private ulong _counter;

        public override void GetBytes(Span<byte> data)
        {
            Span<byte> block = stackalloc byte[SHA256.HashSizeInBytes];
            Span<byte> counter = stackalloc byte[sizeof(ulong)];
            while (!data.IsEmpty)
            {
                BinaryPrimitives.WriteUInt64BigEndian(counter, _counter++);
                SHA256.HashData(counter, block);
                var length = Math.Min(block.Length, data.Length);
                block[..length].CopyTo(data);
                data = data[length..];
            }
        }

        public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());
    }
}

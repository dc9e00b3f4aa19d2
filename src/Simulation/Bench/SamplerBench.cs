using System.Numerics;
using System.Security.Cryptography;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Bench;

/// <summary>Measures the exact sampler of discrete Gaussian noise.</summary>
internal static class SamplerBench
{
    // The noise of one study is between 2^4, the least that a plan may have, and about 2^30.
    private static readonly int[] LogSigmas = [4, 10, 20, 30];
    private const int SamplesAtATime = 4096;
    private const int KeystreamAtATime = 1 << 20;

    /// <param name="seconds">For each measurement, above 0.</param>
    /// <param name="time">The clock on the wall.</param>
    /// <param name="step">Told what happens now.</param>
    public static SamplerBenchReport Run(double seconds, TimeProvider time, Action<string> step)
    {
        using var random = RandomNumberGenerator.Create();
        step("keystream");
        var openssl = OpensslSpeed.Measure();
        using var keystream = new KeystreamRandom(random);
        var bytes = new byte[KeystreamAtATime];
        var rate = RateOf(bytes.Length, seconds, () => keystream.GetBytes(bytes));
        var speeds = LogSigmas.Select(logSigma => Measure(logSigma, seconds, random, time, step)).ToList();
        return new SamplerBenchReport(
            seconds, Environment.ProcessorCount, CpuClock.Name, rate, openssl, speeds);
    }

    private static SamplerSpeed Measure(
        int logSigma, double seconds, RandomNumberGenerator random, TimeProvider time, Action<string> step)
    {
        var variance = BigInteger.One << (2 * logSigma);
        var samples = new long[SamplesAtATime];
        step($"sigma 2^{logSigma}: one thread");
        using var keystream = new KeystreamRandom(random);
        var sampler = new DiscreteGaussianSampler(variance, keystream);
        var drawn = 0L;
        var one = RateOf(samples.Length, seconds, () =>
        {
            sampler.Fill(samples);
            drawn += samples.Length;
        });
        var words = (double)keystream.BytesDrawn / sizeof(ulong) / drawn;

        step($"sigma 2^{logSigma}: exact comparisons");
        using var other = new KeystreamRandom(random);
        var exact = new DiscreteGaussianSampler(variance, other, digits: 0);
        var slow = RateOf(samples.Length, seconds, () => exact.Fill(samples));

        step($"sigma 2^{logSigma}: {Environment.ProcessorCount} threads");
        return new SamplerSpeed(logSigma, one, slow, one / slow, OnAllCores(variance, seconds, random, time), words);
    }

    private static double OnAllCores(
        BigInteger variance, double seconds, RandomNumberGenerator random, TimeProvider time)
    {
        var drawn = 0L;
        var start = time.GetTimestamp();
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Draw)).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return drawn / time.GetElapsedTime(start).TotalSeconds;

        void Draw()
        {
            var samples = new long[SamplesAtATime];
            using var keystream = new KeystreamRandom(random);
            var sampler = new DiscreteGaussianSampler(variance, keystream);
            do
            {
                sampler.Fill(samples);
                Interlocked.Add(ref drawn, samples.Length);
            }
            while (time.GetElapsedTime(start).TotalSeconds < seconds);
        }
    }

    // Things a second of processor time; a fifth of it before warms up.
    private static double RateOf(int things, double seconds, Action work)
    {
        Repeat(work, seconds / 5, out _);
        var times = Repeat(work, seconds, out var taken);
        return times * (double)things / taken;
    }

    private static long Repeat(Action work, double seconds, out double taken)
    {
        var start = CpuClock.ThreadSeconds;
        var times = 0L;
        do
        {
            work();
            times++;
            taken = CpuClock.ThreadSeconds - start;
        }
        while (taken < seconds);
        return times;
    }
}

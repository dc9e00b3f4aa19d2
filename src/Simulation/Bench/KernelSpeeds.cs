using System.Security.Cryptography;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>How fast the parts are that decide the speed of a round, on one thread.</summary>
/// <param name="Openssl">Keystream bytes a second of <c>openssl speed</c>; null without openssl.</param>
/// <param name="Kernel">Keystream bytes a second of the kernel that this processor gets, added onto a vector.</param>
/// <param name="Portable">The same of the portable kernel.</param>
/// <param name="KernelRatio">The kernel's speed by openssl's.</param>
/// <param name="PortableRatio">The portable kernel's speed by openssl's.</param>
/// <param name="Pack">Elements a second.</param>
/// <param name="Unpack">Elements a second, added onto a vector.</param>
internal sealed record KernelSpeeds(
    double? Openssl,
    double Kernel,
    double Portable,
    double? KernelRatio,
    double? PortableRatio,
    double Pack,
    double Unpack)
{
    private const int Words = 4096; // 16 KiB, as openssl's
    private const int ElementLength = sizeof(uint);

    /// <summary>Measures in turn, openssl and ours next to each other, and takes the middle: the speed of a shared
    /// machine changes from second to second.</summary>
    /// <param name="shape">What is packed.</param>
    /// <param name="seconds">For each measurement of ours.</param>
    /// <param name="turns">How many, from 1.</param>
    public static KernelSpeeds Measure(VectorShape shape, double seconds, int turns)
    {
        var found = new List<KernelSpeeds>();
        for (var turn = 0; turn < turns; turn++) found.Add(MeasureOnce(shape, seconds));
        var hasOpenssl = found.All(each => each.Openssl is not null);
        return new KernelSpeeds(
            hasOpenssl ? Middle(each => each.Openssl!.Value) : null,
            Middle(each => each.Kernel),
            Middle(each => each.Portable),
            hasOpenssl ? Middle(each => each.KernelRatio!.Value) : null,
            hasOpenssl ? Middle(each => each.PortableRatio!.Value) : null,
            Middle(each => each.Pack),
            Middle(each => each.Unpack));

        double Middle(Func<KernelSpeeds, double> figure) => Spread.Of(found.Select(figure)).Median;
    }

    private static KernelSpeeds MeasureOnce(VectorShape shape, double seconds)
    {
        var openssl = OpensslSpeed.Measure();
        using var fastest = MaskKernel.Create(1);
        using var ecb = new EcbMaskKernel(1);
        var kernel = Keystream(fastest, seconds);
        var portable = Keystream(ecb, seconds);
        var vector = new RingVector(shape.Length, shape.RingBits);
        for (var i = 0; i < vector.Length; i++) vector[i] = ((ulong)i * 0x9e3779b9) & vector.Mask;
        var packed = new byte[RingPacking.PackedLength(shape.Length, shape.RingBits)];
        var pack = Rate(shape.Length, seconds, () => RingPacking.Pack(vector, packed));
        var unpack = Rate(shape.Length, seconds, () => new PackedStream([vector], MaskSign.Add).Push(packed));
        return new KernelSpeeds(openssl, kernel, portable, kernel / openssl, portable / openssl, pack, unpack);
    }

    private static double Keystream(MaskKernel kernel, double seconds)
    {
        kernel.SetKey(0, RandomNumberGenerator.GetBytes(MaskKernel.KeyLength));
        var words = new uint[Words];
        var counter = 0U;
        return Rate(Words * ElementLength, seconds, () =>
        {
            kernel.Apply(0, words, ElementLength, counter, MaskSign.Add);
            counter = unchecked(counter + (Words * ElementLength / MaskKernel.BlockLength));
        });
    }

    // Things a second; the first hundredth warms up.
    private static double Rate(int things, double seconds, Action work)
    {
        Repeat(work, seconds / 100, out _);
        var times = Repeat(work, seconds, out var taken);
        return times * things / taken;
    }

    private static double Repeat(Action work, double seconds, out double taken)
    {
        const int AtATime = 16;
        var start = CpuClock.ThreadSeconds;
        var times = 0L;
        do
        {
            for (var i = 0; i < AtATime; i++) work();
            times += AtATime;
            taken = CpuClock.ThreadSeconds - start;
        }
        while (taken < seconds);
        return times;
    }
}

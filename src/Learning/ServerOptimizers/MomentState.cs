using System.Buffers.Binary;

namespace FedMeta.Learning;

/// <summary>Step counter, gathered noise and two vectors of moments, with their bytes: what all optimisers
/// keep.</summary>
internal abstract class MomentState(ServerOptimizerSettings settings, int length) : IServerOptimizer
{
    private const int HeaderBytes = 24;

    public ServerOptimizerSettings Settings { get; } = settings;

    protected long Steps { get; private set; }

    /// <summary>How much of <see cref="Second"/> is known noise by now.</summary>
    protected double Gathered { get; private set; }

    protected double[] First { get; } = new double[length];

    protected double[] Second { get; } = Filled(length, settings.InitialSecondMoment);

    public void Step(Span<double> state, ReadOnlySpan<double> meanUpdate, double noiseVariance = 0)
    {
        FlatVector.RequireSameLength(First.Length, state.Length);
        FlatVector.RequireSameLength(First.Length, meanUpdate.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(noiseVariance);
        Steps++;
        Gathered = Gather(Gathered, noiseVariance);
        Apply(state, meanUpdate);
    }

    public byte[] Save()
    {
        var bytes = new byte[HeaderBytes + 16 * First.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Steps);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), First.Length);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(16), Gathered);
        for (var i = 0; i < First.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(HeaderBytes + 16 * i), First[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(HeaderBytes + 16 * i + 8), Second[i]);
        }

        return bytes;
    }

    internal bool TryLoad(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != HeaderBytes + 16 * First.Length) return false;
        var steps = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (steps < 0 || BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]) != First.Length) return false;
        var gathered = BinaryPrimitives.ReadDoubleLittleEndian(bytes[16..]);
        if (!double.IsFinite(gathered) || gathered < 0) return false;
        for (var i = 0; i < First.Length; i++)
        {
            First[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(HeaderBytes + 16 * i)..]);
            Second[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(HeaderBytes + 16 * i + 8)..]);
            if (!double.IsFinite(First[i]) || !double.IsFinite(Second[i])) return false;
        }

        (Steps, Gathered) = (steps, gathered);
        return true;
    }

    /// <summary><see cref="Gathered"/> after a step whose noise has this variance.</summary>
    protected abstract double Gather(double gathered, double variance);

    protected abstract void Apply(Span<double> state, ReadOnlySpan<double> gradient);

    /// <summary>The signal's part of a second moment: without the noise where some was added, never below
    /// tau².</summary>
    protected double WithoutNoise(double secondMoment, double noise) =>
        noise == 0 ? secondMoment : Math.Max(secondMoment - noise, Settings.Tau * Settings.Tau);

    // Squaring, not the platform's pow: same bits everywhere.
    protected static double Power(double x, long n)
    {
        var result = 1.0;
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) == 1) result *= x;
            x *= x;
        }

        return result;
    }

    private static double[] Filled(int length, double value)
    {
        var vector = new double[length];
        vector.AsSpan().Fill(value);
        return vector;
    }
}

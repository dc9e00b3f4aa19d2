namespace FedMeta.SecureAgg.Tests;

/// <summary>Inputs and uploads of a round as plain arrays: attacks play on one vector of a narrow ring.</summary>
internal static class PlainVector
{
    public static uint Ring(RoundContext context) => RingPacking.Mask(Shape(context).RingBits);

    public static IReadOnlyList<RingVector> Of(RoundContext context, uint[] vector) =>
        [RingVector.Of(vector, Shape(context).RingBits)];

    public static uint[] Random(RoundContext context, SeededRandom random) =>
        Consortium.RandomInput(context.Parameters, random)[0].Narrow.ToArray();

    public static uint[] Unpack(RoundContext context, ReadOnlySpan<byte> packed) =>
        RingPacking.Unpack(packed, context.Parameters.Vectors)[0].Narrow.ToArray();

    /// <summary>Puts masks on a vector, or takes them off.</summary>
    public static void Apply(RoundContext context, uint[] vector, IEnumerable<(byte[] Key, MaskSign Sign)> masks) =>
        Apply(Shape(context).RingBits, vector, masks);

    /// <summary>The same in a ring of any width up to 32 bits.</summary>
    public static void Apply(int ringBits, uint[] vector, IEnumerable<(byte[] Key, MaskSign Sign)> masks)
    {
        using var sum = new MaskSum();
        foreach (var (key, sign) in masks) sum.Add(key, sign);
        var words = RingVector.Of(vector, ringBits);
        sum.ApplyTo([words]);
        words.Reduce();
    }

    public static uint[] Sum(RoundContext context, IEnumerable<uint[]> vectors)
    {
        var sum = new uint[Shape(context).Length];
        foreach (var vector in vectors)
        {
            for (var i = 0; i < sum.Length; i++) sum[i] = unchecked(sum[i] + vector[i]) & Ring(context);
        }

        return sum;
    }

    /// <summary>first - second in the ring.</summary>
    public static uint[] Difference(RoundContext context, uint[] first, uint[] second) =>
        [.. first.Zip(second, (a, b) => unchecked(a - b) & Ring(context))];

    private static VectorShape Shape(RoundContext context) => context.Parameters.Vectors.Single();
}

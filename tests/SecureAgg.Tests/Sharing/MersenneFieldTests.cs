using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.SecureAgg.Tests;

public class MersenneFieldTests
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 61) - 1;

    private static readonly ulong[] Edges =
        [0, 1, 2, (1UL << 32) - 1, 1UL << 32, 1UL << 60, MersenneField.Prime - 2, MersenneField.Prime - 1];

    [Fact]
    public void Arithmetic_agrees_with_big_integers()
    {
        Prop.ForAll<ulong, ulong>((first, second) => Check(first % MersenneField.Prime, second % MersenneField.Prime))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(int.MaxValue));
    }

    [Fact]
    public void Arithmetic_agrees_with_big_integers_at_the_edges()
    {
        foreach (var a in Edges)
        {
            foreach (var b in Edges) Check(a, b);
        }
    }

    [Fact]
    public void Random_elements_agree_with_big_integers()
    {
        var random = new SeededRandom(1);
        for (var i = 0; i < 2000; i++) Check(Element(random), Element(random));
    }

    private static ulong Element(SeededRandom random) =>
        BitConverter.ToUInt64(random.Bytes(8)) % MersenneField.Prime;

    private static void Check(ulong a, ulong b)
    {
        Assert.Equal((ulong)((a + (BigInteger)b) % Prime), MersenneField.Add(a, b));
        Assert.Equal((ulong)((Prime + a - b) % Prime), MersenneField.Subtract(a, b));
        Assert.Equal((ulong)(a * (BigInteger)b % Prime), MersenneField.Multiply(a, b));
        if (a != 0) Assert.Equal((ulong)BigInteger.ModPow(a, Prime - 2, Prime), MersenneField.Inverse(a));
    }
}

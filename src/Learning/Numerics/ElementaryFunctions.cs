using System.Numerics;
using System.Runtime.Intrinsics;

namespace FedMeta.Learning;

/// <summary>
/// exp, log and tanh from the basic operations alone. The library functions of the platform differ in the last bit
/// between operating systems and instruction sets; these give the same bits on every IEEE 754 machine, for a number
/// alone and as part of a span of any length.
/// </summary>
public static class ElementaryFunctions
{
    /// <summary>e to the power <paramref name="x"/>; 0 and infinity at the ends of the range.</summary>
    public static double Exp(double x) => ElementaryVectors.Exp(Vector512.Create(x)).ToScalar();

    /// <summary>The natural logarithm; -infinity at 0, NaN below.</summary>
    public static double Log(double x) => ElementaryVectors.Log(Vector512.Create(x)).ToScalar();

    /// <summary>log(1 + <paramref name="u"/>) without loss for small <paramref name="u"/> (Kahan's correction); u
    /// above -1.</summary>
    public static double LogOnePlus(double u) => ElementaryVectors.LogOnePlus(Vector512.Create(u)).ToScalar();

    /// <summary>The hyperbolic tangent.</summary>
    public static double Tanh(double x) => ElementaryVectors.Tanh(Vector512.Create(x)).ToScalar();

    /// <summary>1 / (1 + e^-x), exact in the tails.</summary>
    public static double Sigmoid(double x) => ElementaryVectors.Sigmoid(Vector512.Create(x)).ToScalar();

    /// <summary>log(1 + e^x) without overflow.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Exp(-Math.Abs(x)));

    /// <summary>e to the power of each of eight numbers, in place.</summary>
    internal static void Exp(Span<double> eight) =>
        ElementaryVectors.Exp(Vector512.Create<double>(eight)).CopyTo(eight);

    /// <summary>The hyperbolic tangent of every element, computed in double.</summary>
    internal static void Tanh<T>(ReadOnlySpan<T> x, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<T, TanhOf>(x, result);

    /// <summary>1 / (1 + e^-x) of every element, computed in double.</summary>
    internal static void Sigmoid<T>(ReadOnlySpan<T> x, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<T, SigmoidOf>(x, result);

    private static void Map<T, TFunction>(ReadOnlySpan<T> x, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IFunction
    {
        FlatVector.RequireSameLength(x.Length, result.Length);
        var i = 0;
        for (; i <= x.Length - 8; i += 8)
            EightDoubles.Store(TFunction.Of(EightDoubles.Load(x.Slice(i, 8))), result.Slice(i, 8));
        if (i == x.Length) return;
        Span<T> rest = stackalloc T[8];
        rest.Clear();
        x[i..].CopyTo(rest);
        EightDoubles.Store(TFunction.Of(EightDoubles.Load<T>(rest)), rest);
        rest[..(x.Length - i)].CopyTo(result[i..]);
    }

    private interface IFunction
    {
        static abstract Vector512<double> Of(Vector512<double> x);
    }

    private readonly struct TanhOf : IFunction
    {
        public static Vector512<double> Of(Vector512<double> x) => ElementaryVectors.Tanh(x);
    }

    private readonly struct SigmoidOf : IFunction
    {
        public static Vector512<double> Of(Vector512<double> x) => ElementaryVectors.Sigmoid(x);
    }
}

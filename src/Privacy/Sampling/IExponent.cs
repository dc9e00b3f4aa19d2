using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// A rational number g &gt;= 0 in two widths: between two multiples of 2^-32, which decide all but one in a thousand
/// million comparisons, and as the exact fraction, which decides the others.
/// </summary>
internal interface IExponent
{
    /// <summary>2^32 g lies between this number and <see cref="Width"/> above it, both ends included.</summary>
    ulong Lower { get; }

    /// <summary>The exact value.</summary>
    (BigInteger Numerator, BigInteger Denominator) Fraction { get; }

    /// <summary>How far above <see cref="Lower"/> the value may lie.</summary>
    const ulong Width = 2;
}

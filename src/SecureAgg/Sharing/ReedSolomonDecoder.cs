namespace FedMeta.SecureAgg;

/// <summary>Finds the polynomial of degree below t that agrees with m points but for at most (m - t)/2 of them: shares
/// are a Reed-Solomon code word, and Gao's decoder (2003) reads it by an extended Euclid that stops half-way.</summary>
internal static class ReedSolomonDecoder
{
    /// <summary>The values of that polynomial at 0 and at the given places; null where there is none.</summary>
    public static (ulong AtZero, ulong[] AtPlaces)? Decode(
        ReadOnlySpan<int> places, ReadOnlySpan<ulong> values, int threshold)
    {
        ulong[] vanishing = [1];
        foreach (var place in places) vanishing = Multiply(vanishing, [MersenneField.Prime - (ulong)place, 1]);
        var (previous, current) = (vanishing, Trim(new NewtonPolynomial(places, values).ToMonomials()));
        ulong[] previousFactor = [], factor = [1];
        while (2 * (current.Length - 1) >= places.Length + threshold)
        {
            var (quotient, remainder) = Divide(previous, current);
            (previous, current) = (current, remainder);
            (previousFactor, factor) = (factor, Subtract(previousFactor, Multiply(quotient, factor)));
        }

        var (message, rest) = Divide(current, factor);
        if (rest.Length > 0 || message.Length > threshold) return null;
        var atPlaces = new ulong[places.Length];
        for (var i = 0; i < places.Length; i++) atPlaces[i] = Evaluate(message, (ulong)places[i]);
        return (Evaluate(message, 0), atPlaces);
    }

    private static ulong[] Trim(ulong[] polynomial)
    {
        var length = polynomial.Length;
        while (length > 0 && polynomial[length - 1] == 0) length--;
        return polynomial[..length];
    }

    private static ulong[] Multiply(ulong[] a, ulong[] b)
    {
        if (a.Length == 0 || b.Length == 0) return [];
        var product = new ulong[a.Length + b.Length - 1];
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < b.Length; j++)
            {
                product[i + j] = MersenneField.Add(product[i + j], MersenneField.Multiply(a[i], b[j]));
            }
        }

        return Trim(product);
    }

    private static ulong[] Subtract(ulong[] a, ulong[] b)
    {
        var difference = new ulong[Math.Max(a.Length, b.Length)];
        a.CopyTo(difference, 0);
        for (var i = 0; i < b.Length; i++) difference[i] = MersenneField.Subtract(difference[i], b[i]);
        return Trim(difference);
    }

    private static (ulong[] Quotient, ulong[] Remainder) Divide(ulong[] dividend, ulong[] divisor)
    {
        if (dividend.Length < divisor.Length) return ([], dividend);
        var remainder = dividend.AsSpan().ToArray();
        var quotient = new ulong[dividend.Length - divisor.Length + 1];
        var leading = MersenneField.Inverse(divisor[^1]);
        for (var i = quotient.Length - 1; i >= 0; i--)
        {
            quotient[i] = MersenneField.Multiply(remainder[i + divisor.Length - 1], leading);
            for (var j = 0; j < divisor.Length; j++)
            {
                var product = MersenneField.Multiply(quotient[i], divisor[j]);
                remainder[i + j] = MersenneField.Subtract(remainder[i + j], product);
            }
        }

        return (Trim(quotient), Trim(remainder));
    }

    private static ulong Evaluate(ulong[] polynomial, ulong x)
    {
        var value = 0UL;
        for (var i = polynomial.Length - 1; i >= 0; i--)
        {
            value = MersenneField.Add(MersenneField.Multiply(value, x), polynomial[i]);
        }

        return value;
    }
}

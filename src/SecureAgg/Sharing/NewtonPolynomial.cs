namespace FedMeta.SecureAgg;

/// <summary>The polynomial through given points over p = 2^61 - 1, in Newton's form: t^2/2 products to find it and t to
/// evaluate it. Places are small, so the inverses of their differences come from a table.</summary>
internal sealed class NewtonPolynomial
{
    private static readonly ulong[] Inverses = InversesBelow(AggregationParameters.MaxNeighbours + 1);
    private readonly int[] _places;
    private readonly ulong[] _coefficients;

    /// <param name="places">Different places, 1 to 1024: a holder's place is that among the holders of one
    /// secret.</param>
    /// <param name="values">The value at each of them.</param>
    public NewtonPolynomial(ReadOnlySpan<int> places, ReadOnlySpan<ulong> values)
    {
        _places = places.ToArray();
        _coefficients = values.ToArray();
        for (var order = 1; order < _places.Length; order++)
        {
            for (var i = _places.Length - 1; i >= order; i--)
            {
                var difference = MersenneField.Subtract(_coefficients[i], _coefficients[i - 1]);
                _coefficients[i] = MersenneField.Multiply(difference, Inverse(_places[i] - _places[i - order]));
            }
        }
    }

    /// <summary>The value at <paramref name="place"/>, from 0.</summary>
    public ulong At(int place)
    {
        var value = _coefficients[^1];
        for (var i = _places.Length - 2; i >= 0; i--)
        {
            value = MersenneField.Multiply(value, Element(place - _places[i]));
            value = MersenneField.Add(value, _coefficients[i]);
        }

        return value;
    }

    /// <summary>The coefficients of 1, x, x^2 ...</summary>
    public ulong[] ToMonomials()
    {
        var result = new ulong[_places.Length];
        for (var i = _places.Length - 1; i >= 0; i--)
        {
            var shift = Element(-_places[i]);
            for (var power = result.Length - 1; power > 0; power--)
            {
                result[power] = MersenneField.Add(result[power - 1], MersenneField.Multiply(result[power], shift));
            }

            result[0] = MersenneField.Add(MersenneField.Multiply(result[0], shift), _coefficients[i]);
        }

        return result;
    }

    private static ulong Element(int value) =>
        value >= 0 ? (ulong)value : MersenneField.Prime - (ulong)-(long)value;

    private static ulong Inverse(int difference) =>
        difference > 0 ? Inverses[difference] : MersenneField.Subtract(0, Inverses[-difference]);

    private static ulong[] InversesBelow(int bound)
    {
        var inverses = new ulong[bound];
        for (var i = 1; i < bound; i++) inverses[i] = MersenneField.Inverse((ulong)i);
        return inverses;
    }
}

using System.Numerics;
using System.Text.Json;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>A law of noise on the integers, symmetric around 0, as a file names it.</summary>
/// <param name="probability">P[x].</param>
/// <param name="reach">Beyond it lies less than 10^-300, or less than 10^-30 of any mass that is asked for.</param>
internal sealed class NoiseLaw(Func<long, double> probability, long reach)
{
    private readonly Dictionary<long, double> _known = [];

    /// <summary>The variance parameter where FedMeta draws this very noise, else null.</summary>
    public BigInteger? WholeVariance { get; private init; }

    /// <summary>The law of a kind and its parameters; a "(binned)" behind the kind changes nothing.</summary>
    /// <exception cref="FormatException">No such law is known.</exception>
    public static NoiseLaw Of(string kind, JsonElement parameters)
    {
        var name = kind.Replace("(binned)", "", StringComparison.Ordinal);
        if (name == "discrete_laplace")
        {
            var scale = parameters.Number("scale");
            return new NoiseLaw(x => DiscreteLaplaceLaw.Probability(x, scale), (long)(700 * scale));
        }

        var variance = parameters.Number(name == "skellam" ? "variance" : "sigma2");
        var reach = (long)(38 * Math.Sqrt(variance)) + 1;
        return name switch
        {
            "skellam" => new NoiseLaw(x => SkellamLaw.Probability(x, variance), reach + 100),
            "discrete_gaussian" => new NoiseLaw(DiscreteGaussianLaw.Of(variance), reach)
            {
                WholeVariance = double.IsInteger(variance) ? new BigInteger(variance) : null,
            },
            _ => throw new FormatException($"no law of the kind '{kind}' is known"),
        };
    }

    /// <summary>P[first &lt;= X &lt;= last]; either end may be infinite.</summary>
    public double Mass(double first, double last)
    {
        var sum = 0.0;
        for (var x = (long)Math.Max(first, -reach); x <= (long)Math.Min(last, reach); x++) sum += At(x);
        return sum;
    }

    /// <summary>E[X^2].</summary>
    public double Variance()
    {
        var sum = 0.0;
        for (var x = reach; x > 0; x--) sum += 2 * At(x) * x * x;
        return sum;
    }

    private double At(long x)
    {
        x = Math.Abs(x);
        return _known.TryGetValue(x, out var known) ? known : _known[x] = probability(x);
    }
}

using System.Globalization;
using FedMeta.Protocol;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>The round that the options describe, held against the same claims as a study's.</summary>
/// <param name="Parameters">Of the round.</param>
/// <param name="Dropped">How many clients share and never deliver.</param>
internal sealed record SecAggBenchPlan(AggregationParameters Parameters, int Dropped)
{
    /// <summary>Greatest size of a value: 16 bits with the sign.</summary>
    public const int Bound = (1 << 15) - 1;

    private const int MaxRepeats = 100;

    /// <exception cref="FedMetaException">The claims do not cover the numbers, or the sum cannot be reached; the
    /// message says which.</exception>
    public static SecAggBenchPlan Of(SecAggBenchOptions options)
    {
        var (clients, dimension) = (options.Clients, options.Dimension);
        Require(
            clients is >= 5 and <= GraphParameterFinder.MaxClients, "--clients is not in 5..131072", "give 5 or more");
        Require(dimension is >= 1 and <= VectorShape.MaxLength, "--dimension is not in 1..2^28", "give 1 or more");
        Require(options.Drop is >= 0 and < 1, "--drop is not a fraction below 1", "for example --drop 0.1");
        Require(options.Repeats is >= 1 and <= MaxRepeats, $"--repeat is not in 1..{MaxRepeats}", "give 1 or more");
        var colluders = options.Colluders;
        Require(colluders is null or >= 0, "--colluders is negative", "give 0 or more, or leave it out");
        Require(colluders is null || colluders < clients, "--colluders is not below --clients", "give fewer");
        var dropped = (int)Math.Floor((options.Drop * clients) + 1e-9);
        var parameters = GraphOf(options, dropped);
        var problems = parameters.Validate();
        Require(problems.Count == 0, string.Join("; ", problems), "change what is named");
        return new SecAggBenchPlan(parameters, dropped);
    }

    private static AggregationParameters GraphOf(SecAggBenchOptions options, int dropped)
    {
        var clients = options.Clients;
        var vectors = new[] { new VectorShape("update", options.Dimension, BitsOf(options)) };
        var wanted = options.Neighbours ?? (clients <= AggregationParameters.MaxCompleteRoster ? "full" : null);
        if (wanted == "full") return Complete(vectors, clients, dropped, options.Colluders);
        var left = clients - dropped;
        var (graph, colluders) = wanted is null
            ? Found(clients, dropped, options.Colluders)
            : OfDegree(wanted, clients, dropped, options.Colluders);
        return new AggregationParameters(vectors, clients, left, colluders, Graph: graph);
    }

    private static int BitsOf(SecAggBenchOptions options)
    {
        if (options.Bits is not { } bits)
        {
            return RingBudget.NarrowestRing(options.Clients, Bound, 0) ?? throw new FedMetaException(
                ExitCode.Usage, "no ring holds the sum of so many clients", "give fewer clients");
        }

        Require(
            bits is >= VectorShape.MinRingBits and <= VectorShape.MaxRingBits,
            "--bits is not in 8..64", "give 8 to 64");
        Require(
            RingBudget.Fits(options.Clients, Bound, 0, bits),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{bits} bits do not hold the sum of {options.Clients} values of 16 bits"),
            "give more bits, or leave --bits out");
        return bits;
    }

    private static AggregationParameters Complete(
        IReadOnlyList<VectorShape> vectors, int clients, int dropped, int? colluders)
    {
        Require(
            clients <= AggregationParameters.MaxCompleteRoster,
            "more than 256 clients need a sparse graph", "give --neighbours K, or --colluders alone");
        var threshold = AggregationParameters.DefaultThreshold(clients);
        Require(
            clients - dropped >= threshold,
            $"the round cannot end: {clients - dropped} clients would be left and {threshold} must be",
            "drop fewer");
        var most = Math.Min((2 * threshold) - clients - 1, threshold - AggregationParameters.DefaultMinHonestInputs);
        return new AggregationParameters(vectors, clients, threshold, colluders ?? most);
    }

    private static (SparseGraph Graph, int Colluders) Found(int clients, int dropped, int? colluders)
    {
        Require(
            colluders is not null,
            "more than 256 clients need to know the degree of the graph or the number of colluders",
            "give --neighbours K, or --colluders C to have the degree found");
        var given = colluders!.Value;
        return (GraphParameterFinder.ForStudy(clients, given, dropped) ?? throw NotCovered(), given);
    }

    private static (SparseGraph Graph, int Colluders) OfDegree(
        string wanted, int clients, int dropped, int? colluders)
    {
        var isNumber = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var degree);
        Require(
            isNumber && degree >= 2 && degree % 2 == 0 && degree < clients - dropped,
            $"--neighbours {wanted} is neither 'full' nor an even number from 2, less than the clients that are left",
            "for example --neighbours 96");
        var given = colluders ?? MostColluders(degree, clients, dropped);
        return (GraphParameterFinder.OfDegree(degree, clients, given, dropped) ?? throw NotCovered(), given);
    }

    // What covers c colluders covers c - 1.
    private static int MostColluders(int degree, int clients, int dropped)
    {
        var (covered, not) = (0, clients - dropped - AggregationParameters.DefaultMinHonestInputs + 1);
        while (not - covered > 1)
        {
            var middle = covered + ((not - covered) / 2);
            if (GraphParameterFinder.OfDegree(degree, clients, middle, dropped) is null) not = middle;
            else covered = middle;
        }

        return covered;
    }

    private static FedMetaException NotCovered() => new(
        ExitCode.Usage,
        "no threshold covers this degree with so many colluders and dropouts",
        "give more neighbours, fewer colluders or fewer dropouts");

    private static void Require(bool holds, string what, string hint)
    {
        if (!holds) throw new FedMetaException(ExitCode.Usage, what, hint);
    }
}

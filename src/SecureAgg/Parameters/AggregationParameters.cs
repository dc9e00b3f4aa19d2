using System.Globalization;

namespace FedMeta.SecureAgg;

/// <summary>The numbers that all parties of a round agree on. The claim they carry on the complete graph: a malicious
/// server together with <see cref="Colluders"/> clients learns the sum over at least t - c honest inputs and nothing
/// else, and any n - t clients may vanish at any phase (Bonawitz et al., CCS 2017, theorem 6.5). On a sparse graph: the
/// same against a server that keeps to the protocol, and never both secrets of one client against one that lies about
/// who dropped (Bell et al., CCS 2020).</summary>
/// <param name="Vectors">What is summed, in this order: 1 to 16 vectors with different names.</param>
/// <param name="MaxClients">Greatest roster: 3 to 256 where every client shares with every other, to 2^17 with a
/// graph.</param>
/// <param name="Threshold">t: how many must stay to the end.</param>
/// <param name="Colluders">c: how many clients may side with the server, from 0.</param>
/// <param name="MinHonestInputs">Least number of honest inputs in a released sum, 3 or (where every member's own policy
/// agrees) 2.</param>
/// <param name="Graph">Who shares with whom; null for everyone with everyone.</param>
public sealed record AggregationParameters(
    IReadOnlyList<VectorShape> Vectors,
    int MaxClients,
    int Threshold,
    int Colluders,
    int MinHonestInputs = AggregationParameters.DefaultMinHonestInputs,
    SparseGraph? Graph = null)
{
    /// <summary>Most vectors of a round.</summary>
    public const int MaxVectors = 16;

    /// <summary>Greatest roster of a complete graph.</summary>
    public const int MaxCompleteRoster = 256;

    /// <summary>Greatest roster of a sparse graph.</summary>
    public const int MaxSparseRoster = 1 << 17;

    /// <summary>Greatest masked input, in bytes.</summary>
    public const int MaxPackedLength = 1 << 30;

    /// <summary>Most neighbours in a sparse graph.</summary>
    public const int MaxNeighbours = 1024;

    /// <summary>Honest inputs in any sum unless the plan says two.</summary>
    public const int DefaultMinHonestInputs = 3;

    /// <summary>Least roster: 5, or 3 where the plan settles for two honest inputs. Two clients would read each other
    /// off the sum.</summary>
    public int MinimumCohort => MinHonestInputs >= DefaultMinHonestInputs ? 5 : 3;

    /// <summary>How many of those who hold shares of one secret may collude: c, or in a neighbourhood what
    /// 2t &gt; k + t1 leaves.</summary>
    public int CollusionAmongHolders =>
        Graph is { } graph ? Math.Min(Colluders, (2 * graph.Threshold) - graph.Neighbours - 1) : Colluders;

    /// <summary>Greatest roster that the graph allows.</summary>
    public int MaxRoster => Graph is null ? MaxCompleteRoster : MaxSparseRoster;

    /// <summary>How many shares open a secret: <see cref="Threshold"/>, or the graph's own.</summary>
    public int ShareThreshold => Graph?.Threshold ?? Threshold;

    /// <summary>Bytes of one masked input: every vector packed by itself, one behind the other.</summary>
    public long PackedLength => Vectors.Sum(shape => (((long)shape.Length * shape.RingBits) + 7) / 8);

    /// <summary>What the parameters promise, and against whom, in one or two sentences for those who must agree to it
    /// (docs/proofs/secure-aggregation.md).</summary>
    public string Claim
    {
        get
        {
            var company = Colluders switch
            {
                0 => "",
                1 => " together with any one hospital",
                _ => FormattableString.Invariant($" together with any {Colluders} hospitals"),
            };
            var learns = FormattableString.Invariant(
                $"{company} learns sums of at least {Threshold - Colluders} other hospitals' inputs and nothing else");
            return Graph is null
                ? $"Even a coordinator that breaks the protocol{learns}."
                : $"A coordinator that keeps to the protocol{learns}. One that breaks it, for instance by choosing who takes "
                    + FormattableString.Invariant($"part, is not covered: above {MaxCompleteRoster} hospitals each shares its ")
                    + FormattableString.Invariant($"secrets with {Graph.Neighbours} of them only.");
        }
    }

    /// <summary>The threshold floor(2n/3) + 1, which withstands every c &lt; n/3.</summary>
    public static int DefaultThreshold(int clients) => checked(2 * clients) / 3 + 1;

    /// <summary>All that is wrong with the parameters, in words; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>(VectorProblems());
        Require(MinHonestInputs >= 2, $"{MinHonestInputs} honest inputs in a sum are too few: at least 2");
        Require(Colluders >= 0, $"colluders {Colluders} are negative");
        Require(
            MaxClients >= MinimumCohort && MaxClients <= MaxRoster,
            $"max clients {MaxClients} are not in {MinimumCohort}..{MaxRoster}");
        Require(Threshold <= MaxClients, $"threshold {Threshold} is above max clients {MaxClients}");
        Require(
            Graph is not null || HasQuorum(MaxClients),
            $"threshold {Threshold} is not above (n + c)/2 with n = {MaxClients} and c = {Colluders}");
        Require(
            (long)Threshold - Colluders >= MinHonestInputs,
            $"threshold {Threshold} less {Colluders} colluders leaves fewer than {MinHonestInputs} honest inputs");
        if (Graph is { } graph && problems.Count == 0)
        {
            Require(graph.Neighbours <= MaxNeighbours, $"{graph.Neighbours} neighbours are more than {MaxNeighbours}");
            Require(
                Covers(graph, MaxClients),
                $"{graph.Neighbours} neighbours, threshold {graph.Threshold}, are too few for {MaxClients} clients");
        }

        return problems;

        void Require(bool holds, FormattableString problem)
        {
            if (!holds) problems.Add(problem.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>What forbids a roster of <paramref name="clients"/>, or null. A roster may be smaller than
    /// <see cref="MaxClients"/>, never smaller than the threshold.</summary>
    public RosterSizeProblem? CheckRoster(int clients)
    {
        if (clients > MaxClients) return RosterSizeProblem.TooLarge;
        if (clients < Threshold || clients < MinimumCohort) return RosterSizeProblem.TooSmall;
        if (Graph is null) return HasQuorum(clients) ? null : RosterSizeProblem.ThresholdTooLow;
        return Covers(Graph, clients) ? null : RosterSizeProblem.GraphTooWeak;
    }

    /// <summary>Equal numbers and equal vectors in the same order.</summary>
    public bool Equals(AggregationParameters? other) =>
        other is not null
        && Vectors.SequenceEqual(other.Vectors)
        && (MaxClients, Threshold, Colluders, MinHonestInputs)
            == (other.MaxClients, other.Threshold, other.Colluders, other.MinHonestInputs)
        && Graph == other.Graph;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Vectors.Count, MaxClients, Threshold, Colluders, Graph);

    /// <summary>2t &gt; n + c: any two sets of t signers share an honest one (Bonawitz et al. 2017,
    /// privacy against active adversaries).</summary>
    internal bool HasQuorum(int clients) => 2L * Threshold > (long)clients + Colluders;

    // The published finder's guarantee, for the clients that are there (docs/proofs/sparse-graph.md).
    private bool Covers(SparseGraph graph, int clients) =>
        GraphParameterFinder.Covers(graph, clients, Colluders, clients - Threshold);

    private IEnumerable<string> VectorProblems()
    {
        if (Vectors.Count is 0 or > MaxVectors) yield return $"{Vectors.Count} vectors are not 1 to {MaxVectors}";
        foreach (var (name, length, bits) in Vectors)
        {
            var named = new VectorShape(name, 1, VectorShape.MinRingBits);
            if (!named.IsValid) yield return $"the name '{name}' of a vector is not of the form [a-z0-9-]{{1,32}}";
            if (length is < 1 or > VectorShape.MaxLength) yield return $"vector length {length} is not in 1..2^28";
            if (bits is < VectorShape.MinRingBits or > VectorShape.MaxRingBits)
            {
                yield return $"ring bits {bits} are not in 8..64";
            }
        }

        var names = Vectors.Select(shape => shape.Name).Distinct(StringComparer.Ordinal);
        if (names.Count() < Vectors.Count) yield return "two vectors have the same name";
        if (PackedLength > MaxPackedLength) yield return $"the vectors make more than {MaxPackedLength} packed bytes";
    }
}

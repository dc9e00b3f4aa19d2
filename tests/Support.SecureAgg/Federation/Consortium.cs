using System.Security.Cryptography;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Members with identity keys, and rounds among them.</summary>
internal static class Consortium
{
    public static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly List<ECDsa> Keys = [];

    public static string Id(int index) => $"site-{index:000}";

    public static ECDsa Identity(int index)
    {
        lock (Keys)
        {
            while (Keys.Count <= index) Keys.Add(new RepeatingIdentity());
            return Keys[index];
        }
    }

    public static ECDsa IdentityOf(string id) => Identity(int.Parse(id[^3..]));

    public static RoundContext Round(AggregationParameters parameters, int members) => new()
    {
        Study = "heart",
        Id = new RoundId(7, 0),
        PlanHash = SHA256.HashData("plan"u8),
        ModelHash = SHA256.HashData("model"u8),
        Parameters = parameters,
        NoiseTerms = "clip=1 sigma=2",
        Expiry = Now.AddMinutes(5),
        Members = Enumerable.Range(0, members)
            .ToDictionary(Id, index => Identity(index).ExportSubjectPublicKeyInfo()),
    };

    public static RoundContext Round(int members, int threshold, int length = 37, int bits = 20) =>
        Round(Parameters(length, bits, members, threshold, 0, 2), members);

    /// <summary>Parameters for the complete graph with one vector.</summary>
    public static AggregationParameters Parameters(
        int length, int bits, int members, int threshold, int colluders, int honest = 3) =>
        new([new VectorShape("update", length, bits)], members, threshold, colluders, honest);

    /// <summary>Parameters for the sparse graph that the finder gives.</summary>
    public static AggregationParameters SparseParameters(
        int members, int colluders, int dropouts, params VectorShape[] vectors)
    {
        var graph = GraphParameterFinder.ForStudy(members, colluders, dropouts)
            ?? throw new ArgumentException("no sparse graph withstands so many", nameof(members));
        return new(vectors, members, members - dropouts, colluders, 3, graph);
    }

    /// <summary>A round on a sparse graph, for one vector of five entries.</summary>
    public static RoundContext SparseRound(int members, int colluders, int dropouts) =>
        Round(SparseParameters(members, colluders, dropouts, new VectorShape("update", 5, 20)), members);

    public static IReadOnlyList<RingVector> RandomInput(AggregationParameters parameters, SeededRandom random) =>
        [.. parameters.Vectors.Select(shape => RandomVector(shape, random))];

    public static IReadOnlyList<RingVector> Zeros(AggregationParameters parameters) =>
        [.. parameters.Vectors.Select(shape => new RingVector(shape.Length, shape.RingBits))];

    private static RingVector RandomVector(VectorShape shape, SeededRandom random)
    {
        var vector = new RingVector(shape.Length, shape.RingBits);
        for (var i = 0; i < vector.Length; i++) vector[i] = random.NextUInt64() & vector.Mask;
        return vector;
    }
}

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
            while (Keys.Count <= index) Keys.Add(ECDsa.Create(ECCurve.NamedCurves.nistP256));
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
        Round(new AggregationParameters(length, bits, members, threshold, 0, 2), members);

    public static uint[] RandomInput(AggregationParameters parameters, SeededRandom random)
    {
        var input = new uint[parameters.VectorLength];
        for (var i = 0; i < input.Length; i++) input[i] = random.NextUInt32() & RingPacking.Mask(parameters.RingBits);
        return input;
    }
}

using System.Text.Json.Serialization;
using FedMeta.Server.Models;

namespace FedMeta.Simulation.Robust;

/// <summary>The runs of one seed.</summary>
internal sealed record RobustReport(
    [property: JsonPropertyName("seed")] int Seed,
    [property: JsonPropertyName("hospitals")] int Hospitals,
    [property: JsonPropertyName("bucket_size")] int BucketSize,
    [property: JsonPropertyName("runs")] IReadOnlyList<RobustCurve> Runs)
{
    /// <summary>Plays honest, attacked with one sum, and attacked in groups, over the same data and seeds.</summary>
    /// <param name="seed">Of everything.</param>
    /// <param name="rounds">Rounds of each study.</param>
    /// <param name="models">A folder for the models.</param>
    /// <param name="now">The time that the protocol sees.</param>
    public static RobustReport Play(int seed, int rounds, string models, DateTimeOffset now)
    {
        var store = new ModelStore(models);
        store.Create();
        var members = RobustStudy.Members(seed);
        try
        {
            return new RobustReport(seed, RobustStudy.Hospitals, RobustStudy.BucketSize,
            [
                RobustRun.Play("honest", members, attacked: false, buckets: false, rounds, seed, store, now),
                RobustRun.Play("attacked, one sum", members, attacked: true, buckets: false, rounds, seed, store, now),
                RobustRun.Play("attacked, buckets", members, attacked: true, buckets: true, rounds, seed, store, now),
            ]);
        }
        finally
        {
            foreach (var member in members)
                member.Dispose();
        }
    }
}

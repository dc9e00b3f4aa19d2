using System.Security.Cryptography;
using FedMeta.Learning;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Auditing;

/// <summary>
/// Made-up patients: each has a secret direction of its own as its gradient, at right angles to all others, and a fair
/// coin that says whether its hospital has it (docs/proofs/one-run-audit.md).
/// </summary>
internal sealed class Canaries
{
    private readonly RandomizedHadamard _directions;

    public Canaries(int count, RandomNumberGenerator random)
    {
        var seed = new byte[RandomizedHadamard.SeedSize];
        random.GetBytes(seed);
        _directions = RandomizedHadamard.FromSeed(seed, count);
        var coins = new byte[count];
        random.GetBytes(coins);
        Included = [.. coins.Select(coin => (coin & 1) == 1)];
    }

    /// <summary>The coins.</summary>
    public IReadOnlyList<bool> Included { get; }

    /// <summary>Dimension of a gradient, and number of canaries.</summary>
    public int Count => Included.Count;

    /// <summary>The rows of one of several hospitals, which share the canaries evenly: a row is a canary's
    /// number.</summary>
    public Batch<double> RowsOf(int hospital, int hospitals)
    {
        double[] rows = [.. Enumerable.Range(0, Count).Where(i => i % hospitals == hospital && Included[i])
            .Select(i => (double)i)];
        return new Batch<double>(rows, new double[rows.Length], rows.Length);
    }

    /// <summary>Writes the gradient of a canary, of norm 1.</summary>
    public void WriteGradient(int canary, Span<double> gradient)
    {
        gradient.Clear();
        gradient[canary] = 1;
        _directions.Unrotate(gradient);
    }

    /// <summary>The inner product of every canary's direction with the vector.</summary>
    public double[] Scores(ReadOnlySpan<double> released)
    {
        var scores = released.ToArray();
        _directions.Rotate(scores);
        return scores;
    }
}

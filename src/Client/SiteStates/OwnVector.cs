using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FedMeta.Learning;

namespace FedMeta.Client.SiteStates;

/// <summary>
/// The vector of its own with which this hospital enters an attempt, and what it becomes if the attempt counts. Derived
/// from patients: it prints nothing and is zeroed.
/// </summary>
/// <param name="Sites">Says what a contribution adds to it.</param>
/// <param name="Counted">The attempt that made it; (0, 0) where none did and it is zero.</param>
/// <param name="Vector">The vector, one number for each coordinate of theta.</param>
/// <param name="Lost">Why it starts again from zero although an attempt counted, in words; null where nothing was
/// lost.</param>
internal sealed record OwnVector(
    ISiteState<double> Sites, (uint Round, uint Attempt) Counted, double[] Vector, string? Lost) : IDisposable
{
    /// <summary>What it becomes.</summary>
    public double[] Next { get; } = [.. Vector];

    /// <summary>Takes in what goes into the sum.</summary>
    /// <param name="contributed">The update after its clip.</param>
    public void Advance(ReadOnlySpan<double> contributed) => Sites.Advance(Next, contributed);

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(Vector.AsSpan()));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(Next.AsSpan()));
    }

    /// <summary>Says nothing.</summary>
    public override string ToString() => "(secret)";
}

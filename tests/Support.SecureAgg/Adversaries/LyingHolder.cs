using System.Buffers.Binary;
using System.Numerics;

namespace FedMeta.SecureAgg.Tests;

/// <summary>A client that changes the shares it opens so that another possible secret comes out: it knows its own place
/// and guesses whose shares the server takes.</summary>
internal static class LyingHolder
{
    /// <summary>The shares, moved so that the first limb of each secret grows by <paramref name="growth"/> where the
    /// server interpolates from the given places.</summary>
    public static UnmaskShares Move(UnmaskShares opened, int place, IReadOnlyList<int> places, BigInteger growth)
    {
        var prime = (BigInteger)MersenneField.Prime;
        var weight = places.Where(other => other != place)
            .Select(other => other * Inverse((other - place + prime) % prime))
            .Aggregate(BigInteger.One, (product, factor) => product * factor % prime);
        var by = (ulong)(growth * Inverse(weight) % prime);
        return new UnmaskShares([.. opened.SeedShares.Select(Moved)], [.. opened.MaskKeyShares.Select(Moved)]);

        BigInteger Inverse(BigInteger element) => BigInteger.ModPow(element, prime - 2, prime);

        OpenedShare Moved(OpenedShare share)
        {
            var value = share.Value.ToArray();
            var limb = MersenneField.Add(BinaryPrimitives.ReadUInt64LittleEndian(value), by);
            BinaryPrimitives.WriteUInt64LittleEndian(value, limb);
            return share with { Value = value };
        }
    }
}

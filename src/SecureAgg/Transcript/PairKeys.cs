using System.Text;

namespace FedMeta.SecureAgg;

/// <summary>Keys of a pair of clients, all salted with ctx: clients in different rounds, rosters, plans or models do
/// not share any.</summary>
internal static class PairKeys
{
    /// <summary>The single-use key from <paramref name="sender"/> to <paramref name="recipient"/>.</summary>
    public static void DeriveShareKey(
        ReadOnlySpan<byte> agreed, ReadOnlySpan<byte> context, string sender, string recipient, Span<byte> key) =>
        HkdfSha256.DeriveKey(agreed, context, Label("share", sender, recipient), key);

    /// <summary>The key of the pair's mask, the same on both sides.</summary>
    public static void DeriveMaskKey(ReadOnlySpan<byte> agreed, ReadOnlySpan<byte> context, Span<byte> key) =>
        HkdfSha256.DeriveKey(agreed, context, "mask"u8, key);

    /// <summary>What an encrypted share is tied to besides its key: round, direction and phase.</summary>
    public static byte[] AssociatedData(ReadOnlySpan<byte> context, string sender, string recipient) =>
        [.. context, .. Label(sender, recipient, nameof(AggregationPhase.ShareKeys))];

    // Ids are at most 48 bytes: one byte of length before each part makes the list unambiguous.
    private static byte[] Label(params ReadOnlySpan<string> parts)
    {
        var label = new List<byte>();
        foreach (var part in parts)
        {
            var bytes = Encoding.ASCII.GetBytes(part);
            label.Add(checked((byte)bytes.Length));
            label.AddRange(bytes);
        }

        return [.. label];
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FedMeta.Learning;

namespace FedMeta.Client.Data;

/// <summary>
/// Which rows train and which are held out for <c>evaluate</c>. Where the file has the study's fold column it decides;
/// else a third of the rows is held out by a seeded shuffle of row numbers, which depends on no value in the file: what
/// one patient's record says never moves another patient into or out of the training set.
/// </summary>
/// <param name="Train">Row numbers for training, ascending.</param>
/// <param name="Test">Row numbers held out, ascending.</param>
/// <param name="Seed">Seed of the shuffle; null where the file decided.</param>
internal sealed record SiteSplit(int[] Train, int[] Test, ulong? Seed)
{
    /// <summary>Splits a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="studySeed">The study's public seed.</param>
    /// <param name="clientId">The hospital's id, so that two hospitals do not hold out the same positions.</param>
    public static SiteSplit Of(SiteTable table, ulong studySeed, string clientId)
    {
        if (table.HasFolds)
        {
            var rows = Enumerable.Range(0, table.Rows).ToLookup(table.IsTest);
            return new SiteSplit([.. rows[false]], [.. rows[true]], null);
        }

        var seed = SeedOf(studySeed, clientId);
        var order = new SeededGenerator(seed).Permutation(table.Rows);
        var held = table.Rows / 3;
        return new SiteSplit([.. order[held..].Order()], [.. order[..held].Order()], seed);
    }

    private static ulong SeedOf(ulong studySeed, string clientId)
    {
        var text = Encoding.UTF8.GetBytes($"fedmeta-split-v1|{studySeed}|{clientId}");
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(text));
    }
}

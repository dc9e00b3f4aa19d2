using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FedMeta.Client.Training;

/// <summary>
/// The seed that cuts a site's rows into tasks: its own for every study, hospital, round and attempt, so that the rows
/// left over rotate. Public and recorded; privacy never rests on it.
/// </summary>
internal static class TaskSeed
{
    /// <summary>The seed of one attempt at a round.</summary>
    public static ulong Of(string studyHash, string clientId, uint round, uint attempt)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"fedmeta-tasks-v1|{studyHash}|{clientId}|{round}|{attempt}");
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

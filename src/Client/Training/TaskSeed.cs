using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FedMeta.Privacy;

namespace FedMeta.Client.Training;

/// <summary>
/// The seed that cuts a site's rows into tasks: its own for every study, hospital, round and attempt, so that the rows
/// left over rotate. Where the task is the unit that a study protects it is one for all rounds: only a group that
/// stays together is hidden by noise for one task (docs/proofs/patient-through-tasks.md). Public and recorded; no
/// secret rests on it.
/// </summary>
internal static class TaskSeed
{
    /// <summary>The seed of one attempt at a round.</summary>
    public static ulong Of(string studyHash, string clientId, PrivacyUnit unit, uint round, uint attempt)
    {
        // Rounds and attempts count from one.
        if (unit == PrivacyUnit.Task) (round, attempt) = (0, 0);
        var text = string.Create(
            CultureInfo.InvariantCulture, $"fedmeta-tasks-v1|{studyHash}|{clientId}|{round}|{attempt}");
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

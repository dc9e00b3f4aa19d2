using System.Buffers.Binary;
using System.Security.Cryptography;
using FedMeta.Privacy;

namespace FedMeta.Client.Training;

/// <summary>
/// The secret coin that decides whether a patient is in a round: independent for each patient and each attempt, from the
/// cryptographic generator and from nothing that anybody else knows, exact to the millionth. What it showed is never
/// written, logged or counted: the cost of a sampled round holds only where nobody learns it
/// (docs/proofs/patient-sampling.md).
/// </summary>
internal static class PatientCoin
{
    // The largest multiple of a million below 2^32: beyond it a draw is thrown away, a remainder would favour the small.
    private const uint Fair = uint.MaxValue / SamplingRate.Parts * SamplingRate.Parts;

    /// <summary>Whether the patient is in; always where the rate is 1.</summary>
    public static bool ShowsPresent(SamplingRate rate, RandomNumberGenerator random)
    {
        if (!rate.IsSampled) return true;
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        uint draw;
        do
        {
            random.GetBytes(bytes);
            draw = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        }
        while (draw >= Fair);
        return draw % SamplingRate.Parts < rate.Millionths;
    }
}

using FedMeta.SecureAgg;

namespace FedMeta.Server.Rounds;

/// <summary>How an attempt ended, before it is put on record.</summary>
internal abstract record RoundResult(IReadOnlyDictionary<string, string> Excluded)
{
    /// <summary>Shares that did not fit together, and who is at fault.</summary>
    public RoundFaults Faults { get; init; } = RoundFaults.None;

    /// <summary>The sum modulo 2^b, and the signed proof of whose inputs are in it.</summary>
    internal sealed record Summed(ulong[] Sum, AggregationReceipt Receipt, IReadOnlyDictionary<string, string> Excluded)
        : RoundResult(Excluded);

    /// <summary>No sum; the reason in words with hyphens, and the phase in which it ended.</summary>
    internal sealed record Failed(string Reason, string Phase, IReadOnlyDictionary<string, string> Excluded)
        : RoundResult(Excluded);
}

using FedMeta.SecureAgg;

namespace FedMeta.Server.Rounds;

/// <summary>The words for phases, refusals and reasons in messages, records and pages.</summary>
internal static class PhaseNames
{
    /// <summary>The phase as snapshots name it.</summary>
    public static string Of(AggregationPhase phase) => phase switch
    {
        AggregationPhase.AdvertiseKeys => "advertise-keys",
        AggregationPhase.ShareKeys => "share-keys",
        AggregationPhase.CollectMaskedInput => "masked-input",
        AggregationPhase.CheckConsistency => "consistency",
        AggregationPhase.Unmask => "unmask",
        _ => "idle",
    };

    /// <summary>What the coordinator waits for in a phase.</summary>
    public static string Waiting(AggregationPhase phase) => phase switch
    {
        AggregationPhase.AdvertiseKeys => "hospitals to train and check in",
        AggregationPhase.ShareKeys => "key shares",
        AggregationPhase.CollectMaskedInput => "masked inputs",
        AggregationPhase.CheckConsistency => "signatures on the list of survivors",
        AggregationPhase.Unmask => "shares that open the sum",
        _ => "",
    };

    /// <summary>A member of an enum in words with hyphens: <c>TooFewSigned</c> is <c>too-few-signed</c>.</summary>
    public static string Hyphenated<T>(T member)
        where T : struct, Enum
    {
        var text = member.ToString();
        return string.Concat(text.Select((c, i) =>
            char.IsAsciiLetterUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
    }
}

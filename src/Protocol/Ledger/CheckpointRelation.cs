using System.Text.Json.Serialization;

namespace FedMeta.Protocol;

/// <summary>How two checkpoints of one ledger stand to each other. The list is closed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckpointRelation>))]
public enum CheckpointRelation
{
    /// <summary>The same journal at the same length.</summary>
    [JsonStringEnumMemberName("same")]
    Same,

    /// <summary>The smaller is the beginning of the larger: a journal shows it.</summary>
    [JsonStringEnumMemberName("consistent")]
    Consistent,

    /// <summary>Nothing shows that the smaller is the beginning of the larger.</summary>
    [JsonStringEnumMemberName("not-shown")]
    NotShown,

    /// <summary>Two journals of one ledger: its holder signed both.</summary>
    [JsonStringEnumMemberName("split-view")]
    SplitView,

    /// <summary>The journal is shorter than a checkpoint that its holder signed.</summary>
    [JsonStringEnumMemberName("truncated")]
    Truncated,

    /// <summary>The journal is not the one that was signed.</summary>
    [JsonStringEnumMemberName("other-journal")]
    OtherJournal,
}

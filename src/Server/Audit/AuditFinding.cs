using System.Text.Json.Serialization;

namespace FedMeta.Server.Audit;

/// <summary>Something that does not hold.</summary>
/// <param name="Record">The journal record, or 0 where it is in another file.</param>
/// <param name="What">In words.</param>
/// <param name="File">The other file's name; empty for the journal.</param>
internal sealed record AuditFinding(long Record, string What, string File = "")
{
    /// <summary>The place in words.</summary>
    [JsonIgnore]
    public string Where => (File.Length, Record) switch
    {
        (0, _) => $"record {Record}",
        (_, 0) => File,
        _ => $"{File} (record {Record})",
    };
}

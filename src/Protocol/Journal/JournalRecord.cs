using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FedMeta.Protocol;

/// <summary>One fact in a journal. Its line in the file, and so its hash, is determined by these members.</summary>
/// <param name="Sequence">Number of the record, from 1, without gaps.</param>
/// <param name="Time">UTC, whole milliseconds. Facts are ordered by number: a clock may jump.</param>
/// <param name="Actor">Who caused it: a client id, <c>operator</c>, <c>server</c>; at most 128 characters.</param>
/// <param name="Type">What happened, lower-case words with dots: <c>round.started</c>; at most 64 characters.</param>
/// <param name="Body">A JSON object with the particulars.</param>
/// <param name="Previous">Hash of the record before; zero for the first.</param>
/// <param name="Hash">SHA-256 of the line up to and including <paramref name="Previous"/>.</param>
public sealed record JournalRecord(
    long Sequence,
    DateTimeOffset Time,
    string Actor,
    string Type,
    JsonElement Body,
    Sha256Digest Previous,
    Sha256Digest Hash)
{
    /// <summary>The body as a type that this program knows.</summary>
    /// <param name="shape">From a source-generated <c>JsonSerializerContext</c>.</param>
    /// <exception cref="FedMetaException">The body has another shape: a newer program wrote it, or the journal is
    /// damaged.</exception>
    public T Read<T>(JsonTypeInfo<T> shape) => JournalBody.Read(Body, shape) is T body
        ? body
        : throw new FedMetaException(
            ExitCode.JournalDamaged,
            $"journal record {Sequence} ({Type}) has a body that this version does not understand",
            "run the version of the program that wrote it, or a newer one");
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FedMeta.Protocol;

/// <summary>What a program wants to have on record; the journal adds number, time and hashes.</summary>
/// <param name="Actor">Who caused it; 1 to 128 characters.</param>
/// <param name="Type">What happened: lower-case words with dots.</param>
/// <param name="Body">A JSON object. Never secrets, shares, seeds, updates or data of patients.</param>
public sealed record JournalEntry(string Actor, string Type, JsonElement Body)
{
    /// <summary>An entry whose body is written by source-generated code.</summary>
    public static JournalEntry Of<T>(string actor, string type, T body, JsonTypeInfo<T> shape) =>
        new(actor, type, JsonSerializer.SerializeToElement(body, shape));

    internal void Check()
    {
        if (!JournalLimits.IsActor(Actor)) throw new ArgumentException("an actor has 1 to 128 characters");
        if (!JournalLimits.IsType(Type)) throw new ArgumentException($"'{Type}' is not a record type");
        if (Body.ValueKind != JsonValueKind.Object)
            throw new ArgumentException("the body of a record is a JSON object");
    }
}

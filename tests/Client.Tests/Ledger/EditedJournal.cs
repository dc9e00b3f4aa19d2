using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FedMeta.Client.Ledger;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Ledger;

/// <summary>A hospital's journal after somebody wrote it anew, and what its audit says.</summary>
internal static class EditedJournal
{
    /// <summary>The entry in a text that holds one.</summary>
    public static LedgerEntry Read(string statement)
    {
        Assert.True(LedgerEntry.TryRead(Encoding.ASCII.GetBytes(statement), out var entry));
        return entry;
    }

    /// <summary>The hospital itself writes its history anew: what is kept is changed, numbered, chained and signed
    /// again. The answer names the first reserve of what it wrote.</summary>
    public static (long Reserve, AuditOutcome Outcome) SignedAgain(
        this TestHospital hospital,
        Func<JournalRecord, bool> keeps, Func<LedgerEntry, LedgerEntry>? change = null)
    {
        LedgerEntry? tip = null;
        var (written, reserve) = (0L, 0L);
        var outcome = hospital.Audit(record =>
        {
            var entry = record.Body.TryGetProperty("statement", out var text) ? Read(text.GetString()!) : null;
            if (!keeps(record)) return null;
            written++;
            if (entry is null) return record.Body;
            if (reserve == 0 && entry.Type == LedgerEntryType.Reserve) reserve = written;
            tip = (change?.Invoke(entry) ?? entry) with
            {
                Sequence = (tip?.Sequence ?? 0) + 1,
                Previous = tip?.Hash() ?? default,
            };
            var body = JsonNode.Parse(record.Body.GetRawText())!.AsObject();
            body["statement"] = Encoding.ASCII.GetString(tip.ToCanonicalJson());
            body["signature"] = Convert.ToBase64String(tip.Sign(hospital.Identity));
            return JsonSerializer.SerializeToElement(body);
        });
        return (reserve, outcome);
    }

    /// <summary>Each record with the body that it is given, or left out; all hashes of the journal are right
    /// again.</summary>
    public static AuditOutcome Audit(this TestHospital hospital, Func<JournalRecord, JsonElement?> body)
    {
        using var storage = new MemoryStorage();
        using var journal = Journal.Open(storage, hospital.Time);
        foreach (var record in hospital.Journal.Records())
        {
            if (body(record) is { } written) journal.Append(new JournalEntry(record.Actor, record.Type, written));
        }

        return JournalAudit.Run(journal.Read());
    }
}

using System.Numerics;
using System.Text;
using FedMeta.Client.Studies;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>
/// Follows the ledger entries of a hospital's journal and recomputes all of each that follows from what was approved
/// and from the entries before it: terms, order of types, numbering and chain, costs and sums.
/// </summary>
internal sealed class EntryAudit
{
    private readonly Dictionary<string, LedgerEntry> _tips = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BigInteger> _cumulative = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, int, int), LedgerEntry> _open = [];
    private readonly Dictionary<(string, int, int), LedgerEntry> _spent = [];
    private readonly HashSet<(string, int, int)> _released = [];
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);

    /// <summary>Entries that hold.</summary>
    public int Checked { get; private set; }

    /// <summary>What is wrong with an entry, in words; null where it holds, and then it is counted.</summary>
    /// <param name="statement">Its text.</param>
    /// <param name="signature">Its signature, base64.</param>
    /// <param name="type">The type that its record gives it.</param>
    /// <param name="study">The study of the record.</param>
    /// <param name="verified">The approved document, verified again.</param>
    /// <param name="actor">The hospital.</param>
    /// <param name="key">Its key.</param>
    /// <param name="entry">The entry when the answer is null.</param>
    public string? Problem(
        string statement,
        string signature,
        LedgerEntryType type,
        string study,
        VerifiedStudy verified,
        string actor,
        ReadOnlySpan<byte> key,
        out LedgerEntry entry)
    {
        if (!LedgerEntry.TryRead(Encoding.UTF8.GetBytes(statement), out entry!)) return "the entry cannot be read";
        if (!Base64Text.TryDecode(signature, out var bytes) || !entry.Verify(key, bytes))
            return "the entry is not signed with the hospital's key";
        if (entry.ClientId != actor) return "the entry is of another hospital's ledger";
        if (entry.Type != type) return "the entry is of another type than its record";
        if (entry.Study.ToString() != study) return "the entry is about another study than its record";
        var problem = Place(entry, study) ?? entry.Terms.DifferenceFrom(verified.Ledger)
            ?? Order(entry, study, verified) ?? Sum(entry, study);
        if (problem is not null) return problem;
        Take(entry, study);
        return null;
    }

    private string? Place(LedgerEntry entry, string study)
    {
        var tip = _tips.GetValueOrDefault(study);
        if (entry.Sequence != (tip?.Sequence ?? 0) + 1)
            return $"the entry has the number {entry.Sequence} and {(tip?.Sequence ?? 0) + 1} is the next";
        if (entry.Previous != (tip?.Hash() ?? default)) return "the entry does not follow from the one before it";
        return _closed.Contains(study) && entry.Type != LedgerEntryType.Grant
            ? "an entry stands behind the close of its study"
            : null;
    }

    private string? Order(LedgerEntry entry, string study, VerifiedStudy verified)
    {
        var attempt = (study, entry.Round, entry.Attempt);
        switch (entry.Type)
        {
            case LedgerEntryType.Grant:
                return entry.Model == verified.InitialModel
                    ? null
                    : "the grant starts from another model than the study";
            case LedgerEntryType.Reserve:
                return entry.Round > verified.Rounds ? $"the study has {verified.Rounds} rounds" : null;
            case LedgerEntryType.Spend:
                if (!_open.TryGetValue(attempt, out var reserve)) return "an attempt is spent that was not reserved";
                return entry.Model == reserve.Model ? null : "the spend starts from another model than its reserve";
            case LedgerEntryType.Abort:
                if (!_open.TryGetValue(attempt, out var open))
                    return "an attempt is released that was not reserved, or was spent";
                return entry.Model == open.Model ? null : "the abort speaks of another model than its reserve";
            case LedgerEntryType.Release:
                if (!_spent.TryGetValue(attempt, out var spent)) return "a sum is released into which nothing was sent";
                if (_released.Contains(attempt)) return "the sum of one attempt is released twice";
                return entry.Model == spent.Model ? null : "the release speaks of another model than its spend";
            default:
                return null;
        }
    }

    private string? Sum(LedgerEntry entry, string study)
    {
        var right = _cumulative.GetValueOrDefault(study) + Added(entry);
        return entry.Cumulative == right
            ? null
            : $"the entry says {entry.Cumulative} units so far and the journal adds up to {right}";
    }

    private void Take(LedgerEntry entry, string study)
    {
        var attempt = (study, entry.Round, entry.Attempt);
        _tips[study] = entry;
        _cumulative[study] = entry.Cumulative;
        Checked++;
        switch (entry.Type)
        {
            case LedgerEntryType.Reserve:
                _open.Add(attempt, entry);
                break;
            case LedgerEntryType.Spend:
                _open.Remove(attempt);
                _spent.Add(attempt, entry);
                break;
            case LedgerEntryType.Abort:
                _open.Remove(attempt);
                break;
            case LedgerEntryType.Release:
                _released.Add(attempt);
                break;
            case LedgerEntryType.Close:
                _closed.Add(study);
                break;
        }
    }

    private static BigInteger Added(LedgerEntry entry) => entry.Type switch
    {
        LedgerEntryType.Reserve => entry.Terms.Rho,
        LedgerEntryType.Abort => -entry.Terms.Rho,
        _ => BigInteger.Zero,
    };
}

namespace FedMeta.Client.Ledger;

/// <summary>
/// Follows a hospital's records and checks every receipt when it comes: it belongs to an attempt that was spent, starts
/// from the model that was reserved for, and the others' signatures hold over it in the round that the approved
/// document and the announcement describe.
/// </summary>
internal sealed class ReceiptAudit(AuditedStudies studies)
{
    private readonly Dictionary<(string, uint, uint), string> _models = [];
    private readonly HashSet<(string, uint, uint)> _spent = [];
    private readonly Dictionary<(string, uint, uint), IReadOnlyList<string>> _kept = [];

    /// <summary>Receipts that hold.</summary>
    public int Checked => _kept.Count;

    /// <summary>An attempt was begun.</summary>
    public void Reserved(BudgetReserved reserved) =>
        _models[(reserved.Study, reserved.Round, reserved.Attempt)] = reserved.Model;

    /// <summary>A masked input was about to leave.</summary>
    public void Spent(BudgetSpent spent) => _spent.Add((spent.Study, spent.Round, spent.Attempt));

    /// <summary>What is wrong with a receipt, in words; null where it holds.</summary>
    public string? Problem(ReceiptKept kept, string self)
    {
        var attempt = (kept.Study, kept.Round, kept.Attempt);
        if (!_spent.Contains(attempt)) return "a receipt is kept of an attempt for which nothing was sent";
        if (_kept.ContainsKey(attempt)) return "a second receipt is kept of one attempt: one answer opens one sum";
        if (kept.Model != _models[attempt]) return "the receipt starts from another model than the attempt";
        if (studies.Of(kept.Study) is not { } study) return "the document that was approved does not hold together";
        if (ReceiptFacts.Problem(kept, study, self) is { } problem) return problem;
        _kept.Add(attempt, kept.Included);
        return null;
    }

    /// <summary>Whose inputs are in the sum of an attempt, by the receipt that was kept; null where none
    /// was.</summary>
    public IReadOnlyList<string>? Included((string Study, uint Round, uint Attempt) attempt) =>
        _kept.GetValueOrDefault(attempt);

    /// <summary>What is wrong with the end of a round, in words; null where it fits the receipt.</summary>
    public string? Problem(RoundEnded ended)
    {
        var kept = _kept.GetValueOrDefault((ended.Study, ended.Round, ended.Attempt)) ?? [];
        return kept.SequenceEqual(ended.Attested)
            ? null
            : "the round's end names other hospitals than the receipt that was kept";
    }
}

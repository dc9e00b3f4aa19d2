namespace FedMeta.Privacy;

/// <summary>
/// A privacy filter over zCDP costs: adaptively chosen rounds stay within a limit fixed in advance if each is refused
/// that would exceed it (Feldman and Zrnic 2021; Whitehouse et al. 2023). Whole-number arithmetic, no clock, no files:
/// the state is what the entries say, in their order. What is unclear counts: a reservation without an abort is spent,
/// an abort after a spend releases nothing, and a second spend of an attempt costs again. See
/// docs/proofs/budget-filter.md.
/// </summary>
public sealed class BudgetFilter
{
    private readonly IReadOnlyDictionary<string, Rho> _studyLimits;
    private readonly Dictionary<(string Study, long Round, int Attempt), Attempt> _attempts = [];
    private readonly Dictionary<string, Rho> _charged = new(StringComparer.Ordinal);

    /// <param name="totalLimit">Limit over all studies.</param>
    /// <param name="studyLimits">Limit of each study that may spend at all.</param>
    /// <param name="entries">What already stands in the budget, oldest first. Facts are never refused, only
    /// counted.</param>
    public BudgetFilter(
        Rho totalLimit, IReadOnlyDictionary<string, Rho> studyLimits, IEnumerable<BudgetEntry>? entries = null)
    {
        ArgumentNullException.ThrowIfNull(studyLimits);
        TotalLimit = totalLimit;
        _studyLimits = new Dictionary<string, Rho>(studyLimits, StringComparer.Ordinal);
        foreach (var entry in entries ?? []) Record(entry);
    }

    /// <summary>Limit over all studies.</summary>
    public Rho TotalLimit { get; }

    /// <summary>Spent and reserved over all studies.</summary>
    public Rho TotalCharged { get; private set; }

    /// <summary>What is left over all studies.</summary>
    public Rho TotalRemaining => TotalLimit.Less(TotalCharged);

    /// <summary>The study's limit; zero for a study without one.</summary>
    public Rho Limit(string study) => _studyLimits.GetValueOrDefault(study);

    /// <summary>Spent and reserved by the study.</summary>
    public Rho Charged(string study) => _charged.GetValueOrDefault(study);

    /// <summary>The part of <see cref="Charged"/> that is reserved and not spent.</summary>
    public Rho Reserved(string study)
    {
        var sum = Rho.Zero;
        foreach (var (key, attempt) in _attempts)
        {
            if (key.Study == study) sum += attempt.Reserved;
        }

        return sum;
    }

    /// <summary>What the study may still reserve: the smaller of its own remainder and the total's.</summary>
    public Rho Remaining(string study)
    {
        var own = Limit(study).Less(Charged(study));
        return own < TotalRemaining ? own : TotalRemaining;
    }

    /// <summary>Whether a new attempt of this cost may be reserved. Changes nothing.</summary>
    public BudgetDecision CanReserve(string study, long round, int attempt, Rho cost)
    {
        ArgumentNullException.ThrowIfNull(study);
        return _studyLimits.TryGetValue(study, out var limit)
            ? CanReserve(study, round, attempt, cost, limit, TotalLimit)
            : BudgetDecision.UnknownStudy;
    }

    /// <summary>The same under other limits than the filter's own: those that were in force when an entry was written,
    /// for whoever replays many of them and counts each once.</summary>
    public BudgetDecision CanReserve(string study, long round, int attempt, Rho cost, Rho limit, Rho totalLimit)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (_attempts.ContainsKey((study, round, attempt))) return BudgetDecision.AlreadyRecorded;
        if (Charged(study) + cost > limit) return BudgetDecision.StudyLimitExceeded;
        return TotalCharged + cost > totalLimit ? BudgetDecision.TotalLimitExceeded : BudgetDecision.Granted;
    }

    /// <summary>Counts an entry that stands in the journal. Ask <c>CanReserve</c> before a Reserve is
    /// written.</summary>
    public void Record(BudgetEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var key = (entry.Study, entry.Round, entry.Attempt);
        var before = _attempts.GetValueOrDefault(key);
        var after = entry.Kind switch
        {
            BudgetEntryKind.Reserve => before with { Reserved = before.Reserved + entry.Cost },
            BudgetEntryKind.Spend => new Attempt(Rho.Zero, before.Spent + Larger(before.Reserved, entry.Cost), true),
            BudgetEntryKind.Abort => before.WasSpent ? before : default,
            _ => throw new ArgumentOutOfRangeException(nameof(entry)),
        };
        _attempts[key] = after;
        _charged[entry.Study] = Charged(entry.Study).Less(before.Charged) + after.Charged;
        TotalCharged = TotalCharged.Less(before.Charged) + after.Charged;
    }

    private static Rho Larger(Rho left, Rho right) => left > right ? left : right;

    private readonly record struct Attempt(Rho Reserved, Rho Spent, bool WasSpent)
    {
        public Rho Charged => Reserved + Spent;
    }
}

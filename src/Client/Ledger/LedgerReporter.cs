using System.Text;
using FedMeta.Client.Policy;
using FedMeta.Client.Studies;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>Adds up the hospital's journal for people.</summary>
internal static class LedgerReporter
{
    /// <summary>The report as of now.</summary>
    public static LedgerReport Of(HospitalJournal journal, HospitalPolicy policy) => journal.Ask(state =>
    {
        var filter = new BudgetFilter(Rho.Zero, new Dictionary<string, Rho>(), state.Budget);
        string Name(string study) => state.Decision(study)?.Name ?? study[..Math.Min(12, study.Length)];
        return new LedgerReport(
            policy.Delta,
            EffectiveLimits.EpsilonAt(state.Order, filter.TotalCharged, policy.Delta),
            policy.MaxEpsilonTotal,
            [.. state.Decisions.Select(decided => Line(decided, state))],
            [
                .. state.Sent
                    .GroupBy(row => (row.Message.Study, row.Message.Message))
                    .Select(group => new SentLine(
                        Name(group.Key.Study),
                        group.Key.Message,
                        group.Count(),
                        group.Sum(row => row.Message.Bytes),
                        group.Min(row => row.Time),
                        group.Max(row => row.Time))),
            ],
            [
                .. state.Receipts.Select(row => new ReceiptLine(
                    Name(row.Receipt.Study),
                    row.Receipt.Round,
                    row.Receipt.Attempt,
                    row.Receipt.Included,
                    [.. row.Receipt.Signatures.Keys.Order(StringComparer.Ordinal)],
                    row.Time,
                    row.Record)),
            ]);
    });

    private static StudyLine Line(StudyDecided decided, LedgerState state)
    {
        var document = StudyDocument.Read(Encoding.UTF8.GetBytes(decided.Document)).Value;
        var study = document is null ? null : StudyVerification.Read(document).Study;
        var terms = study is null ? null : document?.Terms;
        return new StudyLine(
            decided.Name,
            decided.Study,
            decided.Approve ? "approved" : "refused",
            state.Budget.Count(entry => entry.Study == decided.Study && entry.Kind == BudgetEntryKind.Spend),
            study?.Demands.Epsilon(state.RhoOf(decided.Study), study.Delta),
            terms?.Privacy.Delta,
            terms?.Privacy.Unit);
    }
}

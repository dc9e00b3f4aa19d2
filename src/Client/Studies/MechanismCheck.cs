using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Studies;

/// <summary>
/// Derives a study's mechanism again and compares every figure with the document's table, which is the text of
/// <see cref="MechanismPlan.Terms"/> line by line: the first line as <c>layout</c>, underscores for hyphens in the
/// names.
/// </summary>
internal static class MechanismCheck
{
    /// <summary>The plan, and what is wrong with the document's table.</summary>
    public static (MechanismPlan? Plan, IReadOnlyList<string> Problems) Run(
        StudyDocument document, ContributionKind kind, int dimension)
    {
        var terms = document.Terms;
        var derived = MechanismPlan.Derive(new MechanismRequest(
            UnitOf(terms.Privacy.Unit),
            terms.Privacy.Clip,
            terms.Privacy.Epsilon,
            terms.Privacy.Delta,
            terms.Rounds.Count,
            terms.Aggregation.LargestSum(document.Members.Count),
            terms.Aggregation.Threshold,
            terms.Privacy.Colluders,
            dimension,
            terms.Aggregation.Bits,
            terms.VectorsPerHospital)
        {
            Contribution = kind,
            SamplingRate = SamplingRate.FromMillionths(terms.Privacy.SamplingMillionths),
        });
        return derived.Plan is { } plan ? (plan, [.. Compare(plan, document.Mechanism)]) : (null, derived.Problems);
    }

    /// <summary>The unit by its name in a document; the document's reader allows no other.</summary>
    public static PrivacyUnit UnitOf(string name) => name switch
    {
        "patient" => PrivacyUnit.Patient,
        "task" => PrivacyUnit.Task,
        "site" => PrivacyUnit.Site,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static IEnumerable<string> Compare(MechanismPlan plan, IReadOnlyDictionary<string, string> table)
    {
        var own = Table(plan);
        foreach (var (key, value) in own)
        {
            if (!table.TryGetValue(key, out var claimed))
                yield return $"the mechanism lacks '{key}'; this hospital computes {value}";
            else if (claimed != value)
                yield return $"the mechanism says {key} = {claimed}; this hospital computes {value}";
        }

        foreach (var key in table.Keys.Where(key => !own.ContainsKey(key)))
            yield return $"the mechanism has an entry '{key}' that this version does not know";
    }

    /// <summary>The table of a plan as it stands in a document.</summary>
    public static IReadOnlyDictionary<string, string> Table(MechanismPlan plan)
    {
        var lines = plan.Terms.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var table = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["layout"] = lines[0] };
        foreach (var line in lines.Skip(1))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            table.Add(line[..at].Replace('-', '_'), line[(at + 1)..]);
        }

        return table;
    }
}

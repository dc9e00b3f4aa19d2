using System.Text;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.SecureAgg;

namespace FedMeta.Server.Studies;

/// <summary>Derives a study's numbers from its terms and says, all at a time, what keeps it from being sound.</summary>
internal static class StudyPlanner
{
    /// <summary>The plan of a canonical document, or the problems.</summary>
    public static (StudyPlan? Plan, IReadOnlyList<string> Problems) Read(string document)
    {
        var reading = StudyDocument.Read(Encoding.UTF8.GetBytes(document));
        if (!reading.IsValid)
            return (null, [.. reading.Problems.Select(p => p.ToString())]);
        var (numbers, problems) = Derive(reading.Value.Terms, reading.Value.Members.Count);
        if (numbers is null)
            return (null, problems);
        return reading.Value.Mechanism.SequenceEqual(Table(numbers.Mechanism))
            ? (new StudyPlan(reading.Value, numbers), [])
            : (null, ["the mechanism in the document is not the one that follows from its terms"]);
    }

    /// <summary>The numbers for <paramref name="members"/> hospitals, or every problem.</summary>
    public static (StudyNumbers? Numbers, IReadOnlyList<string> Problems) Derive(StudyTerms terms, int members)
    {
        var problems = new List<string>();
        var algorithm = new AlgorithmSettings(terms.Meta.Algorithm, terms.Meta.InnerRate, terms.Meta.InnerSteps,
            terms.Meta.Proximal, terms.Meta.LocalRate, terms.Meta.Batch);
        var optimizer = new ServerOptimizerSettings(OptimizerName(terms.Meta.Outer), terms.Meta.OuterRate);
        problems.AddRange(algorithm.Problems());
        problems.AddRange(optimizer.Problems());
        var inputs = terms.Data.Features.Count;
        problems.AddRange(ModelSpecText.Problems(terms.Model.Kind, inputs, terms.Model.Outputs, terms.Model.Layers,
            terms.Model.LossName));
        if (problems.Count > 0)
            return (null, problems);

        var model = ModelSpec.FromStudy(terms.Model.Kind, inputs, terms.Model.Outputs, terms.Model.Layers,
            terms.Model.LossName);
        problems.AddRange(MetaAlgorithms.Problems(algorithm, model));
        var ruling = PrivacyUnits.Rule(terms.Meta.Algorithm, terms.Privacy.Unit, model.Loss,
            terms.RowsPerVector);
        if (!ruling.Sound)
            problems.Add(
                $"the unit {terms.Privacy.Unit} cannot be claimed for {terms.Meta.Algorithm}: {ruling.Reason}");
        if (members < terms.Aggregation.MinPeers)
            problems.Add($"{members} hospitals are members and the study needs at least "
                + $"{terms.Aggregation.MinPeers}: invite more, or lower min_peers");
        // Members of the document have been held against the groups already; an author's check has not.
        if (terms.Aggregation.IsBucketed)
            problems.AddRange(GroupLayout.Problems(members, terms.Aggregation.BucketSize));
        var summed = terms.Aggregation.LargestSum(members);
        var request = Request(terms, model, summed);
        var derivation = MechanismPlan.Derive(request);
        problems.AddRange(derivation.Problems);
        var dimension = derivation.Plan?.PaddedDimension ?? request.Dimension;
        var graph = StudyGraph.For(summed, terms.Aggregation.Threshold, terms.Privacy.Colluders, out var ungraphed);
        var aggregation = new AggregationParameters(
            [new VectorShape("update", dimension, terms.Aggregation.Bits)], summed,
            terms.Aggregation.Threshold,
            terms.Privacy.Colluders, terms.Aggregation.MinHonestInputs, graph);
        problems.AddRange(ungraphed is null ? aggregation.Validate() : [ungraphed]);
        return problems.Count > 0
            ? (null, problems)
            : (new StudyNumbers(model, algorithm, optimizer, derivation.Plan!, aggregation), []);
    }

    /// <summary>
    /// What is asked of the mechanism for one sum of <paramref name="summed"/> hospitals at most: all members, or the
    /// largest group (docs/proofs/buckets-privacy.md).
    /// </summary>
    public static MechanismRequest Request(StudyTerms terms, ModelSpec model, int summed)
    {
        var unit = terms.Privacy.Unit switch
        {
            "patient" => PrivacyUnit.Patient,
            "task" => PrivacyUnit.Task,
            _ => PrivacyUnit.Site,
        };
        return new MechanismRequest(unit, terms.Privacy.Clip, terms.Privacy.Epsilon, terms.Privacy.Delta,
            terms.Rounds.Count,
            summed, terms.Aggregation.Threshold, terms.Privacy.Colluders,
                MetaAlgorithms.UploadLength(terms.Meta.Algorithm, model),
            terms.Aggregation.Bits, terms.VectorsPerHospital)
        {
            Contribution = unit == PrivacyUnit.Site ? ContributionKind.SiteUpdate
                : terms.IsPerPatient ? ContributionKind.PatientGradient
                : ContributionKind.TaskGradient,
            SamplingRate = SamplingRate.FromMillionths(terms.Privacy.SamplingMillionths),
        };
    }

    /// <summary>The mechanism as the document holds it: the canonical terms, one entry a line.</summary>
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

    private static string OptimizerName(string outer) => outer switch
    {
        "yogi" => "fedyogi",
        "adagrad" => "fedadagrad",
        _ => outer,
    };
}

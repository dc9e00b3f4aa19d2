using System.Collections.Immutable;
using System.Text;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Tests.Support;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>A small study over two features, resolved as a coordinator would.</summary>
internal static class TestStudy
{
    public static string Draft { get; } = SmallStudy.Draft(tasks: 20, rounds: 3, "10s");

    /// <summary>The same with groups of at least five.</summary>
    public static string Bucketed { get; } = Draft.Replace(
        "min_peers = 5", "min_peers = 5\nrobust = \"buckets\"", StringComparison.Ordinal);

    /// <summary>The same with the gradients of single patients.</summary>
    public static string Patients { get; } = Draft
        .Replace("algorithm = \"maml\"\nshots = 2", "algorithm = \"fedsgd\"", StringComparison.Ordinal)
        .Replace("tasks = 20", "tasks = 200", StringComparison.Ordinal)
        .Replace("min_rows = 10", "min_rows = 10\nmax_rows = 50", StringComparison.Ordinal);

    /// <summary>The same with a secret sample of the patients in each round.</summary>
    public static string Sampled { get; } = Patients
        .Replace("tasks = 200", "tasks = 40", StringComparison.Ordinal)
        .Replace("clip = 0.5", "clip = 0.5\nsampling = 0.2", StringComparison.Ordinal);

    private static readonly string NoStudy = new('0', 64);

    public static (StudyDocument Document, byte[] Model) Resolve(
        IEnumerable<StudyMember> members, string? draft = null, Action<IDictionary<string, string>>? tamper = null)
    {
        var terms = StudyDraft.Read(Encoding.UTF8.GetBytes(draft ?? Draft)).OrThrow("draft");
        var all = members.ToList();
        var model = Model(terms);
        var unit = MechanismCheck.UnitOf(terms.Privacy.Unit);
        var spec = ModelSpec.FromStudy(
            terms.Model.Kind, terms.Data.Features.Count, terms.Model.Outputs, terms.Model.Layers,
            terms.Model.LossName);
        var derived = MechanismPlan.Derive(new MechanismRequest(unit, terms.Privacy.Clip, terms.Privacy.Epsilon,
            terms.Privacy.Delta, terms.Rounds.Count, terms.Aggregation.LargestSum(all.Count),
            terms.Aggregation.Threshold, terms.Privacy.Colluders,
            MetaAlgorithms.UploadLength(terms.Meta.Algorithm, spec), terms.Aggregation.Bits,
            terms.VectorsPerHospital)
        {
            Contribution = Client.Training.TaskShape.Of(terms.Meta.Algorithm, unit, terms.Meta.Shots).Kind,
            SamplingRate = SamplingRate.FromMillionths(terms.Privacy.SamplingMillionths),
        });
        Assert.Empty(derived.Problems);
        var table = new SortedDictionary<string, string>(
            MechanismCheck.Table(derived.Plan!).ToDictionary(), StringComparer.Ordinal);
        tamper?.Invoke(table);
        var document = StudyDocument.Create(terms, all, table, Sha256Digest.Of(model)).OrThrow("document");
        return (document, model);
    }

    /// <summary>The study of hospitals with these keys, as the first of them verifies it.</summary>
    public static VerifiedStudy Verified(IEnumerable<Identity> keys, string draft) => StudyVerification.Read(Resolve(
        keys.Select((key, i) => new StudyMember($"site-{i}", $"Site {i}", key.PublicKey)), draft).Document).Study!;

    /// <summary>A study of the site whose hospitals keep a control variate; the clip bites, and sums are not divided by
    /// the number of hospitals.</summary>
    public static string Scaffold { get; } = SmallStudy.Draft(tasks: 4, rounds: 8, "10s")
        .Replace("algorithm = \"maml\"", "algorithm = \"scaffold\"\ninner_steps = 3\ninner_rate = 0.5",
            StringComparison.Ordinal)
        .Replace("unit = \"patient\"", "unit = \"site\"", StringComparison.Ordinal)
        .Replace("clip = 0.5", "clip = 0.2", StringComparison.Ordinal)
        .Replace("epsilon = 3.0", "epsilon = 1.0", StringComparison.Ordinal);

    public static byte[] Model(
        StudyTerms terms, double[]? theta = null, string? study = null, double[]? control = null, string round = "0")
    {
        var spec = ModelSpec.FromStudy(
            terms.Model.Kind, terms.Data.Features.Count, terms.Model.Outputs, terms.Model.Layers,
            terms.Model.LossName);
        using var stream = new MemoryStream();
        ModelFileWriter.Write(
            new ModelFile
            {
                Spec = spec,
                Theta = [.. theta ?? spec.Initial(1)],
                InnerRates = [.. Enumerable.Repeat(terms.Meta.InnerRate, spec.ParameterCount)],
                FeatureNames = [.. terms.Data.Features.Select(feature => feature.Name)],
                Scaling = new FeatureScaling(terms.Data.Features.Select(each => each.Centre),
                    terms.Data.Features.Select(each => each.Scale)),
                StudyHash = study ?? NoStudy,
                Control = terms.Meta.Algorithm == "scaffold" ? [.. control ?? new double[spec.ParameterCount]] : [],
                Provenance = ImmutableSortedDictionary<string, string>.Empty.Add("round", round),
            },
            stream);
        return stream.ToArray();
    }

    public static string Csv(int rows, ulong seed, string canary = "")
    {
        var generator = new SeededGenerator(seed);
        var text = new StringBuilder("age,chol,label,note\n");
        for (var i = 0; i < rows; i++)
        {
            var age = 50 + (10 * generator.NextNormal());
            var label = generator.NextUnit() < 1 / (1 + Math.Exp(-(age - 50) / 5)) ? 1 : 0;
            text.Append(FormattableString.Invariant(
                $"{age:0.00},{220 + (60 * generator.NextNormal()):0.0},{label},{canary}\n"));
        }

        return text.ToString();
    }
}

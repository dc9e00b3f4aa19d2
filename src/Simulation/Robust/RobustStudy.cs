using System.Globalization;
using System.Text;
using FedMeta.Learning;
using FedMeta.Protocol;
using FedMeta.Server.Models;
using FedMeta.Server.Studies;
using FedMeta.Simulation.Synthetic;

namespace FedMeta.Simulation.Robust;

/// <summary>The study that all runs play: 20 invented hospitals, a logistic model, one update a hospital and
/// round.</summary>
internal static class RobustStudy
{
    public const int Hospitals = 20, BucketSize = 5, DefaultRounds = 15;

    private const int Patients = 150;

    /// <summary>The hospitals of a seed; the caller disposes them.</summary>
    public static IReadOnlyList<RobustMember> Members(int seed)
    {
        var terms = Terms(buckets: false, DefaultRounds);
        var model = ModelSpec.FromStudy(terms.Model.Kind, terms.Data.Features.Count, terms.Model.Outputs,
            terms.Model.Layers);
        return [.. Enumerable.Range(0, Hospitals).Select(i =>
        {
            var id = $"hospital-{i:00}";
            var lines = SyntheticHospitals.Generate(
                new HospitalProfile(id, Patients) { Intercept = -0.5 + (i * 1.0 / (Hospitals - 1)), MeanAge = 50 + (i % 7) },
                seed).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return new RobustMember(id, RobustMember.Key($"{seed}/{id}"), Rows("train"), Rows("test"));

            Batch<double> Rows(string fold)
            {
                var text = string.Join('\n', lines.Take(1).Concat(lines.Where(l => l.EndsWith($",{fold}",
                    StringComparison.Ordinal))));
                return ProbeSet.TryRead(terms, model, Encoding.UTF8.GetBytes(text), out var rows) is { } problem
                    ? throw new InvalidOperationException(problem)
                    : rows;
            }
        })];
    }

    /// <summary>The plan as the coordinator derives it from the signed document; keeps the initial model.</summary>
    public static StudyPlan Plan(IReadOnlyList<RobustMember> members, bool buckets, int rounds, ModelStore store)
    {
        var terms = Terms(buckets, rounds);
        var (numbers, problems) = StudyPlanner.Derive(terms, members.Count);
        if (numbers is null)
            throw new InvalidOperationException(string.Join("; ", problems));
        var model = InitialModel.Write(terms, numbers);
        store.KeepModel(model);
        var document = StudyDocument.Create(terms, [.. members.Select(m => m.Listed)],
            StudyPlanner.Table(numbers.Mechanism), Sha256Digest.Of(model)).OrThrow("the study of the simulation");
        return new StudyPlan(document, numbers);
    }

    // A wide budget: the unit is a whole hospital, for which the norm check is sharp (K = 1), and with a narrow one the
    // noise of 20 hospitals would leave little of any model. The text is a study file like any other.
    private static StudyTerms Terms(bool buckets, int rounds)
    {
        using var sample = File.OpenText(Path.Combine(AppContext.BaseDirectory, "samples", "heart.toml"));
        var heart = sample.ReadToEnd();
        var features = heart[heart.IndexOf("[data.features]", StringComparison.Ordinal)..heart.IndexOf("[model]",
            StringComparison.Ordinal)];
        var aggregation = buckets
            ? $"""
               threshold = 4
               min_peers = 5
               robust = "buckets"
               bucket_size = {BucketSize}
               """
            : """
              threshold = 14
              min_peers = 15
              """;
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            [study]
            name = "robust"
            purpose = "Heart disease from 13 measurements, with two hospitals that cheat"

            [data]
            label = "label"

            {features}
            [model]
            kind = "logistic"
            layers = []

            [meta]
            algorithm = "fedavg"
            inner_steps = 10
            inner_rate = 0.3
            outer = "sgd"
            outer_rate = 1.0
            tasks = {Hospitals}

            [aggregation]
            {aggregation}

            [privacy]
            unit = "site"
            epsilon = 80.0
            delta = 1e-5
            clip = 1.0

            [rounds]
            count = {rounds}
            deadline = "10s"
            """);
        return StudyDraft.Read(Encoding.UTF8.GetBytes(text)).OrThrow("the study of the simulation");
    }
}

using System.Globalization;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Tests.Support;

namespace FedMeta.Client.Tests.Training;

/// <summary>Four real hospitals train with the gradients of single patients, noise and all.</summary>
public sealed class PatientHeartTests
{
    private const int Rounds = 30, Tasks = 486;

    private static readonly FeatureScaling Scaling = new(
        [54, 0.5, 130, 220, 0.5, 140, 0.5, 1, 0.5, 0.5, 0.5, 0.5, 0.5],
        [9, 0.5, 18, 60, 0.5, 25, 0.5, 1, 0.5, 0.5, 0.5, 0.5, 0.5]);

    [SharedFact("data/heart/heart_flamby.csv")]
    public void Gradients_of_single_patients_train_a_model_that_ranks_patients()
    {
        var lines = File.ReadLines(SharedFolder.Find("data/heart/heart_flamby.csv")!).Skip(1)
            .Select(line => line.Split(',')).ToList();
        var sites = Enumerable.Range(0, 4).Select(site => Rows(lines, site, "train")).ToList();
        Assert.Equal(Tasks, sites.Sum(rows => rows.Count));
        var spec = ModelSpec.FromStudy("logistic", 13, 1, []);
        var plan = MechanismPlan.Derive(
            new MechanismRequest(PrivacyUnit.Patient, 1, 3, 1e-4, Rounds, 4, 4, 1, spec.ParameterCount, 32, 200)
            {
                Contribution = ContributionKind.PatientGradient,
                Patients = Tasks,
            }).Plan!;
        var model = ManagedEngine.Instance.Build<double>(spec);
        var algorithm = MetaAlgorithms.Create<float>(new AlgorithmSettings("fedsgd", 0.1, 1), spec);
        var update = new LocalUpdate(ManagedEngine.Instance.Build<float>(spec), algorithm, TaskShape.Of("fedsgd", PrivacyUnit.Patient, 8));
        var random = new FixedRandom("heart");
        var state = spec.Initial(1);
        var before = Loss(model, state, lines);
        for (var round = 0; round < Rounds; round++)
        {
            var rotation = new byte[32];
            random.GetBytes(rotation);
            var sum = new ulong[plan.PaddedDimension];
            foreach (var rows in sites)
            {
                using var noise = NoiseShare.Draw(plan, random);
                var built = ContributionBuilder.Build(
                    update, plan, state, rows, rotation, (ulong)round, noise, random, default);
                Assert.Equal(rows.Count, built.Units);
                for (var i = 0; i < sum.Length; i++) sum[i] = (sum[i] + built.Residues[i]) & uint.MaxValue;
            }

            var decoded = new AggregateDecoder(plan, rotation).Decode(sum).Sum;
            for (var i = 0; i < state.Length; i++) state[i] -= 2 * decoded[i] / Tasks;
        }

        // Published for the reference with epsilon = 3: AUROC .803 over the three hospitals with both classes.
        Assert.True(Loss(model, state, lines) < before - 0.05);
        int[] withBothClasses = [0, 1, 3];
        Assert.True(withBothClasses.Average(site => Auroc(model, state, Rows(lines, site, "test"))) > 0.77);
    }

    private static double Loss(IModel<double> model, double[] state, List<string[]> lines) =>
        Enumerable.Range(0, 4).Average(site => model.Loss(state, Rows(lines, site, "test")));

    private static double Auroc(IModel<double> model, double[] state, Batch<double> rows)
    {
        var scores = new double[rows.Count];
        model.Predict(state, rows.Inputs.Span, scores);
        var labels = rows.Targets.ToArray();
        double won = 0, pairs = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            for (var j = 0; j < scores.Length; j++)
            {
                if (labels[i] <= labels[j]) continue;
                pairs++;
                won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
        }

        return won / pairs;
    }

    private static Batch<double> Rows(List<string[]> lines, int site, string fold)
    {
        var chosen = lines.Where(cells => cells[0] == site.ToString(CultureInfo.InvariantCulture) && cells[1] == fold)
            .Select(cells => cells[3..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .ToList();
        var inputs = new double[chosen.Count * 13];
        for (var i = 0; i < chosen.Count; i++) Scaling.Apply(chosen[i].AsSpan(0, 13), inputs.AsSpan(i * 13, 13));
        return new Batch<double>(inputs, chosen.Select(row => row[13]).ToArray(), chosen.Count);
    }
}

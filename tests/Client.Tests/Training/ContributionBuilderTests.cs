using System.Security.Cryptography;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Privacy;

namespace FedMeta.Client.Tests.Training;

public sealed class ContributionBuilderTests
{
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("logistic", 3, 1, []);
    private static readonly byte[] Rotation = new byte[32];

    private static Batch<double> Rows(int count, ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var inputs = Enumerable.Range(0, count * 3).Select(_ => generator.NextNormal()).ToArray();
        var labels = Enumerable.Range(0, count).Select(_ => (double)generator.NextBelow(2)).ToArray();
        return new Batch<double>(inputs, labels, count);
    }

    private static MechanismPlan Plan(PrivacyUnit unit, ContributionKind kind, int units) => MechanismPlan.Derive(
        new MechanismRequest(unit, 0.5, 1000, 1e-5, 1, 5, 4, 1, Spec.ParameterCount, 32,
            units)
        { Contribution = kind }).Plan!;

    private static LocalUpdate Update(string algorithm, TaskShape shape) => new(
        ManagedEngine.Instance.Build<float>(Spec),
        MetaAlgorithms.Create<float>(new AlgorithmSettings(algorithm, 0.1, 1), Spec),
        shape);

    private static Contribution Build(
        MechanismPlan plan, LocalUpdate update, Batch<double> rows, double[] state, CancellationToken stop = default) =>
        ContributionBuilder.Build(update, plan, state, rows, Rotation, 3,
            NoiseShare.Draw(plan, RandomNumberGenerator.Create()), RandomNumberGenerator.Create(), stop);

    private static List<double[]> Units(LocalUpdate update, Batch<double> rows, double[] state, int max = 100)
    {
        var units = new List<double[]>();
        update.Compute(state, rows, 3, max, vector => units.Add([.. vector]), default);
        return units;
    }

    [Theory]
    [InlineData("maml", "Patient", 12)]
    [InlineData("reptile", "Patient", 12)]
    [InlineData("anil", "Task", 12)]
    [InlineData("maml", "Site", 1)]
    [InlineData("reptile", "Site", 1)]
    public void The_sum_over_hospitals_decodes_to_the_sum_of_their_clipped_units(string algorithm, string unit,
        int expected)
    {
        var privacyUnit = Enum.Parse<PrivacyUnit>(unit);
        var shape = TaskShape.Of(algorithm, privacyUnit, shots: 4);
        var plan = Plan(privacyUnit, shape.Kind, privacyUnit == PrivacyUnit.Site ? 1 : 100);
        var update = Update(algorithm, shape);
        var state = new double[Spec.ParameterCount];
        var sum = new ulong[plan.PaddedDimension];
        var exact = new double[Spec.ParameterCount];
        for (ulong site = 0; site < 5; site++)
        {
            var rows = Rows(99, site);
            var contribution = Build(plan, update, rows, state);
            Assert.Equal(expected, contribution.Units);
            Assert.Equal(0, contribution.NotFinite);
            for (var i = 0; i < sum.Length; i++) sum[i] = ModularRing.Reduce(unchecked((long)(sum[i] + contribution.Residues[i])),
                plan.Request.RingBits);
            foreach (var vector in Units(update, rows, state))
            {
                var norm = Math.Sqrt(vector.Sum(x => x * x));
                for (var i = 0; i < exact.Length; i++) exact[i] += vector[i] * Math.Min(1, 0.5 / norm);
            }
        }

        var decoded = new AggregateDecoder(plan, Rotation).Decode(sum).Sum;
        var noise = Math.Sqrt((double)plan.LocalVariance * 5) / plan.Scale;
        for (var i = 0; i < exact.Length; i++) Assert.InRange(decoded[i], exact[i] - (8 * noise) - 1e-3, exact[i]
            + (8 * noise) + 1e-3);
    }

    [Fact]
    public void A_unit_that_is_not_finite_counts_as_zero_and_the_round_goes_on()
    {
        var shape = TaskShape.Of("maml", PrivacyUnit.Patient, 4);
        var plan = Plan(PrivacyUnit.Patient, shape.Kind, 100);
        var state = new double[Spec.ParameterCount];
        state[0] = double.NaN;
        var contribution = Build(plan, Update("maml", shape), Rows(40, 1), state);
        Assert.Equal(5, contribution.Units);
        Assert.Equal(5, contribution.NotFinite);
        var decoded = new AggregateDecoder(plan, Rotation).Decode(contribution.Residues).Sum;
        var noise = Math.Sqrt((double)plan.LocalVariance) / plan.Scale;
        Assert.All(decoded, value => Assert.InRange(value, -8 * noise, 8 * noise));
    }

    [Fact]
    public void A_learning_rate_that_diverges_in_single_precision_sends_noise_alone()
    {
        var linear = ModelSpec.FromStudy("linear", 3, 1, []);
        var shape = TaskShape.Of("reptile", PrivacyUnit.Site, 4);
        var update = new LocalUpdate(
            ManagedEngine.Instance.Build<float>(linear),
            MetaAlgorithms.Create<float>(new AlgorithmSettings("reptile", 50, 40), linear), shape);
        var plan = Plan(PrivacyUnit.Site, shape.Kind, 1);
        var contribution = Build(plan, update, Rows(40, 1), new double[linear.ParameterCount]);
        Assert.Equal((1, 1), (contribution.Units, contribution.NotFinite));
        var noise = Math.Sqrt((double)plan.LocalVariance) / plan.Scale;
        Assert.All(new AggregateDecoder(plan, Rotation).Decode(contribution.Residues).Sum, value =>
            Assert.InRange(value, -8 * noise, 8 * noise));
    }

    [Theory]
    [InlineData("maml", "Patient")]
    [InlineData("reptile", "Site")]
    [InlineData("fedsgd", "Patient")]
    public void Training_in_single_precision_gives_what_double_precision_gives_to_six_digits(string name, string unit)
    {
        var shape = TaskShape.Of(name, Enum.Parse<PrivacyUnit>(unit), shots: 4);
        var rows = Rows(16, 2);
        double[] state = [0.3, -0.7, 0.2, 0.1];
        var units = Units(Update(name, shape), rows, state);
        var tasks = shape.WholeSite ? [new MetaTask<double>(rows, 0)]
            : shape.Kind == ContributionKind.PatientGradient
                ? [.. Enumerable.Range(0, rows.Count).Select(row => new MetaTask<double>(rows.Slice(row, 1), 0))]
                : TaskPartition.Split(rows, shape.SupportShots, shape.QueryShots, 3);
        Assert.Equal(tasks.Count, units.Count);
        var wide = MetaAlgorithms.Create<double>(new AlgorithmSettings(name, 0.1, 1), Spec);
        foreach (var (task, vector) in tasks.Zip(units))
        {
            var exact = new double[vector.Length];
            wide.TaskUpdate(ManagedEngine.Instance.Build<double>(Spec), state, task, exact);
            var norm = FlatVector.Norm<double>(exact);
            for (var i = 0; i < exact.Length; i++) Assert.InRange(vector[i] - exact[i], -1e-6 * norm, 1e-6 * norm);
        }
    }

    [Fact]
    public void No_more_units_than_the_plan_allows_go_in()
    {
        var shape = TaskShape.Of("maml", PrivacyUnit.Patient, 4);
        Assert.Equal(3, Build(Plan(PrivacyUnit.Patient, shape.Kind, 3), Update("maml", shape), Rows(99, 1),
            new double[Spec.ParameterCount]).Units);
    }

    [Fact]
    public void A_changed_patient_changes_one_task_alone()
    {
        var shape = TaskShape.Of("maml", PrivacyUnit.Patient, 4);
        var rows = Rows(40, 1);
        var changed = rows.Inputs.ToArray();
        changed[0] += 1;
        var state = new double[Spec.ParameterCount];
        var before = Units(Update("maml", shape), rows, state);
        var after = Units(Update("maml", shape), new Batch<double>(changed, rows.Targets, rows.Count), state);
        Assert.Equal(1, before.Zip(after).Count(pair => !pair.First.SequenceEqual(pair.Second)));
    }

    [Fact]
    public void Training_stops_when_the_agent_is_told_to_stop()
    {
        var shape = TaskShape.Of("maml", PrivacyUnit.Patient, 4);
        Assert.Throws<OperationCanceledException>(() => Build(Plan(PrivacyUnit.Patient, shape.Kind, 100),
            Update("maml", shape), Rows(40, 1), new double[Spec.ParameterCount], new CancellationToken(true)));
    }

    [Fact]
    public void Task_seeds_differ_between_studies_hospitals_rounds_and_attempts()
    {
        ulong Seed(string study, string hospital, uint round, uint attempt) =>
            TaskSeed.Of(study, hospital, PrivacyUnit.Patient, round, attempt);
        ulong[] seeds = [Seed("a", "b", 1, 1), Seed("c", "b", 1, 1), Seed("a", "c", 1, 1), Seed("a", "b", 2, 1),
            Seed("a", "b", 1, 2), Seed("a", "b", 11, 1)];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.Equal(Seed("a", "b", 1, 1), seeds[0]);
    }

    [Fact]
    public void Where_the_task_is_the_unit_its_patients_stay_together_in_every_round()
    {
        ulong Seed(string study, string hospital, uint round, uint attempt) =>
            TaskSeed.Of(study, hospital, PrivacyUnit.Task, round, attempt);
        Assert.Equal(Seed("a", "b", 1, 1), Seed("a", "b", 2, 1));
        Assert.Equal(Seed("a", "b", 1, 1), Seed("a", "b", 1, 2));
        Assert.NotEqual(Seed("a", "b", 1, 1), Seed("c", "b", 1, 1));
        Assert.NotEqual(Seed("a", "b", 1, 1), Seed("a", "c", 1, 1));
    }
}

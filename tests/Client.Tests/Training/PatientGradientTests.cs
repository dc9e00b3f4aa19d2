using System.Numerics;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Privacy;

namespace FedMeta.Client.Tests.Training;

public sealed class PatientGradientTests
{
    private const double Clip = 0.5;
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("logistic", 3, 1, []);
    private static readonly byte[] Rotation = new byte[32];
    private static readonly TaskShape Patients = TaskShape.Of("fedsgd", PrivacyUnit.Patient, 8);
    private static readonly TaskShape Tasks = TaskShape.Of("fedsgd", PrivacyUnit.Task, 4);
    private static readonly double[] Zero = new double[Spec.ParameterCount];

    [Fact]
    public void Every_training_row_is_one_vector_in_the_order_of_the_rows()
    {
        var rows = Rows(30, 1);
        var units = Units(rows, 100);
        var gradients = new List<double[]>();
        ManagedEngine.Instance.Build<float>(Spec).PerExampleGradients(
            new float[Zero.Length], rows.ConvertTo<float>(), (_, _, gradient) =>
                gradients.Add([.. gradient.ToArray().Select(x => (double)x)]));
        Assert.Equal(gradients, units);
        Assert.Equal(units, Units(rows, 100));
    }

    [Fact]
    public void One_vector_is_in_memory_at_a_time()
    {
        var seen = new HashSet<double[]>(ReferenceEqualityComparer.Instance);
        Update(Patients).Compute(Zero, Rows(30, 1), 3, 100, vector => seen.Add(vector), default);
        Assert.Single(seen);
    }

    [Fact]
    public void A_hospital_with_more_rows_than_the_study_takes_lets_them_take_turns()
    {
        var rows = Rows(30, 1);
        Assert.Equal(20, Units(rows, 20).Count);
        Assert.Equal(20, Units(rows, 20).Distinct(new SameNumbers()).Count());
        var seen = Enumerable.Range(0, 20).SelectMany(seed => PatientRows.Of(30, 20, (ulong)seed)).Distinct();
        Assert.Equal(30, seen.Count());
        Assert.NotEqual(PatientRows.Of(30, 20, 1), PatientRows.Of(30, 20, 2));
        Assert.Equal(PatientRows.Of(30, 20, 1), PatientRows.Of(30, 20, 1));
    }

    [Fact]
    public void Taking_out_one_patient_moves_the_integers_by_at_most_B_and_another_patient_by_2B()
    {
        var rows = Rows(20, 7, spread: 30);
        var (with, plan) = Integers(Patients, rows);
        var (without, _) = Integers(Patients, rows.Slice(0, 19));
        var (other, _) = Integers(Patients, Replace(rows, 19, x => -x));
        var moved = Square(with, without);
        Assert.True(moved <= plan.NormBoundSquared);

        // The patient was clipped to the bound, so a bound that were a third smaller would not hold.
        Assert.True(moved * 9 > plan.NormBoundSquared * 4);
        Assert.InRange(Square(with, other), plan.NormBoundSquared, 4 * plan.NormBoundSquared);
        Assert.Equal(plan.NormBoundSquared, plan.SensitivitySquared);
    }

    [Fact]
    public void Through_tasks_one_patient_moves_the_integers_by_more_than_B_and_at_most_2B()
    {
        // Of two equal and opposite patients the stronger decides where the task's gradient points.
        var rows = new Batch<double>(
            Enumerable.Range(0, 8).SelectMany(i => new double[] { i == 0 ? 80 : 10, 0, 0 }).ToArray(),
            Enumerable.Range(0, 8).Select(i => i == 0 ? 1.0 : 0).ToArray(),
            8);
        var (with, plan) = Integers(Tasks, rows, PrivacyUnit.Patient);
        var (without, _) = Integers(Tasks, Replace(rows, 0, _ => 0), PrivacyUnit.Patient);
        var moved = Square(with, without);
        Assert.InRange(moved, plan.NormBoundSquared + 1, 4 * plan.NormBoundSquared);
        Assert.Equal(4 * plan.NormBoundSquared, plan.SensitivitySquared);
    }

    [Fact]
    public void A_patient_whose_gradient_is_not_finite_counts_as_zero_and_the_others_stay_as_they_were()
    {
        foreach (var broken in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            var rows = Rows(20, 7);
            var (with, _) = Integers(Patients, Replace(rows, 19, _ => broken));
            var (without, _) = Integers(Patients, rows.Slice(0, 19));
            Assert.Equal(without, with);
        }
    }

    [Fact]
    public void A_sampled_round_holds_each_patient_with_the_plan_s_chance_and_counts_all_coins()
    {
        // A thousand equal patients: the sum in units of one of them is the size of the sample.
        var rows = new Batch<double>(
            Enumerable.Repeat(1.0, 3000).ToArray(), Enumerable.Repeat(1.0, 1000).ToArray(), 1000);
        var plan = MechanismPlan.Derive(
            new MechanismRequest(PrivacyUnit.Patient, Clip, 1000, 1e-5, 1, 5, 4, 1, Spec.ParameterCount, 48, 1000)
            {
                Contribution = ContributionKind.PatientGradient,
                SamplingRate = SamplingRate.FromMillionths(300_000),
            }).Plan!;
        var contribution = ContributionBuilder.Build(
            Update(Patients), plan, Zero, rows, Rotation, 3, NoiseShare.Draw(plan, new FixedRandom("noise")),
            new FixedRandom("coins"), default);
        Assert.Equal(1000, contribution.Units);
        var sum = new AggregateDecoder(plan, Rotation).Decode(contribution.Residues).Sum;

        // 300 with a deviation of 14.5, to which the noise adds little; coins thrown twice would leave 90.
        Assert.InRange(FlatVector.Norm<double>(sum) / Clip, 210, 390);
    }

    private static List<double[]> Units(Batch<double> rows, int most)
    {
        var units = new List<double[]>();
        Update(Patients).Compute(Zero, rows, 3, most, vector => units.Add([.. vector]), default);
        return units;
    }

    private static LocalUpdate Update(TaskShape shape) => new(
        ManagedEngine.Instance.Build<float>(Spec),
        MetaAlgorithms.Create<float>(new AlgorithmSettings("fedsgd", 0.1, 1), Spec),
        shape);

    // Rounding and noise are the same bytes in every run.
    private static (long[] Integers, MechanismPlan Plan) Integers(
        TaskShape shape, Batch<double> rows, PrivacyUnit unit = PrivacyUnit.Patient)
    {
        var plan = MechanismPlan.Derive(
            new MechanismRequest(unit, Clip, 1000, 1e-5, 1, 5, 4, 1, Spec.ParameterCount, 32, 100)
            {
                Contribution = shape.Kind,
            }).Plan!;
        var noise = NoiseShare.Draw(plan, new FixedRandom("noise"));
        var contribution = ContributionBuilder.Build(
            Update(shape), plan, Zero, rows, Rotation, 3, noise, new FixedRandom("rounding"), default);
        return ([.. contribution.Residues.Select(each => ModularRing.Recentre(each, 32))], plan);
    }

    private static BigInteger Square(long[] left, long[] right) =>
        left.Zip(right).Aggregate(BigInteger.Zero, (sum, pair) =>
            sum + ((BigInteger)(pair.First - pair.Second) * (pair.First - pair.Second)));

    private static Batch<double> Replace(Batch<double> rows, int row, Func<double, double> with)
    {
        var inputs = rows.Inputs.ToArray();
        foreach (ref var value in inputs.AsSpan(row * rows.InputWidth, rows.InputWidth)) value = with(value);
        return new Batch<double>(inputs, rows.Targets, rows.Count);
    }

    private static Batch<double> Rows(int count, ulong seed, double spread = 1)
    {
        var generator = new SeededGenerator(seed);
        var inputs = Enumerable.Range(0, count * 3).Select(_ => spread * generator.NextNormal()).ToArray();
        var labels = Enumerable.Range(0, count).Select(_ => (double)generator.NextBelow(2)).ToArray();
        return new Batch<double>(inputs, labels, count);
    }

    private sealed class SameNumbers : IEqualityComparer<double[]>
    {
        public bool Equals(double[]? x, double[]? y) => x!.SequenceEqual(y!);

        public int GetHashCode(double[] obj) => obj[0].GetHashCode();
    }
}

using System.Security.Cryptography;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Privacy;

namespace FedMeta.Client.Tests.Training;

public sealed class SampledPatientsTests
{
    private const int Patients = 200;
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("logistic", 3, 1, []);
    private static readonly byte[] Rotation = new byte[32];

    // All patients are equal and clipped: the length of the sum over the clip norm says how many are in it.
    private static readonly Batch<double> Rows = new(
        Enumerable.Repeat(50.0, Patients * 3).ToArray(), new double[Patients], Patients);

    [Fact]
    public void Each_patient_is_in_with_the_studys_chance_and_independently()
    {
        var sizes = Enumerable.Range(0, 300).Select(i => SizeOf(0.1, new FixedRandom($"sample {i}"))).ToList();
        var mean = sizes.Average();
        var variance = sizes.Average(size => (size - mean) * (size - mean));

        // Binomial(200, 1/10): mean 20 with a deviation of 0.25 here, variance 18 with one of 1.5.
        Assert.InRange(mean, 20 - 1.25, 20 + 1.25);
        Assert.InRange(variance, 18 - 7.5, 18 + 7.5);
        Assert.Equal(Patients, SizeOf(1, new FixedRandom("all")));
    }

    [Fact]
    public void The_coins_come_from_the_cryptographic_source_and_from_nothing_that_is_recorded()
    {
        // Same study, state, rows, rotation and task seed; only the source of randomness differs.
        var sizes = Enumerable.Range(0, 8).Select(_ => SizeOf(0.5, RandomNumberGenerator.Create())).ToList();
        Assert.True(sizes.Distinct().Count() > 1);
        Assert.Equal(SizeOf(0.5, new FixedRandom("a")), SizeOf(0.5, new FixedRandom("a")));
    }

    [Fact]
    public void A_sample_of_nobody_is_noise_alone_and_as_long_as_any_other()
    {
        var plan = Plan(0.000001);
        using var noise = NoiseShare.Draw(plan, new FixedRandom("noise"));
        var empty = Build(plan, noise, new FixedRandom("coins"));
        using var again = NoiseShare.Draw(plan, new FixedRandom("noise"));
        using var encoder = new ContributionEncoder(plan, Rotation, again, new FixedRandom("x"));
        Assert.Equal(encoder.Finish(), empty.Residues);
        Assert.Contains(empty.Residues, residue => residue != 0);
        Assert.Equal(Build(plan, NoiseShare.Draw(plan, new FixedRandom("n")), new FixedRandom("coins")).Residues.Length,
            empty.Residues.Length);
    }

    [Fact]
    public void Nothing_that_is_reported_depends_on_who_was_in_the_sample()
    {
        var plan = Plan(0.3);
        var broken = Rows.Inputs.ToArray();
        broken[0] = double.NaN;
        broken[9] = double.PositiveInfinity;
        var rows = new Batch<double>(broken, Rows.Targets, Patients);
        var reports = Enumerable.Range(0, 10).Select(i =>
        {
            using var noise = NoiseShare.Draw(plan, new FixedRandom("noise"));
            var built = Build(plan, noise, new FixedRandom($"coins {i}"), rows);
            return (built.Units, built.NotFinite, built.SatOut, built.Residues.Length);
        });
        Assert.Equal((Patients, 2, 0, plan.PaddedDimension), Assert.Single(reports.Distinct()));
    }

    private static int SizeOf(double rate, RandomNumberGenerator random)
    {
        var plan = Plan(rate);
        using var noise = NoiseShare.Draw(plan, new FixedRandom("noise"));
        var sum = new AggregateDecoder(plan, Rotation).Decode(Build(plan, noise, random).Residues).Sum;
        return (int)Math.Round(Math.Sqrt(sum.Sum(x => x * x)) / plan.Request.ClipNorm);
    }

    private static Contribution Build(
        MechanismPlan plan, NoiseShare noise, RandomNumberGenerator random, Batch<double>? rows = null) =>
        ContributionBuilder.Build(
            new LocalUpdate(
                ManagedEngine.Instance.Build<float>(Spec),
                MetaAlgorithms.Create<float>(new AlgorithmSettings("fedsgd", 0.1, 1), Spec),
                TaskShape.Of("fedsgd", PrivacyUnit.Patient, 8)),
            plan, new double[Spec.ParameterCount], rows ?? Rows, Rotation, 3, noise, random, default);

    private static MechanismPlan Plan(double rate)
    {
        Assert.True(SamplingRate.TryFrom(rate, out var sampling));

        // So much epsilon that the noise of one hospital is far below one patient.
        return MechanismPlan.Derive(
            new MechanismRequest(PrivacyUnit.Patient, 0.5, 900, 1e-5, 1, 5, 4, 1, Spec.ParameterCount, 32, Patients)
            {
                Contribution = ContributionKind.PatientGradient,
                SamplingRate = sampling,
            }).Plan!;
    }
}

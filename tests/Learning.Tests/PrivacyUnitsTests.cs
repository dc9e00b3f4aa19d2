using Xunit;

namespace FedMeta.Learning.Tests;

public class PrivacyUnitsTests
{
    [Theory]
    [InlineData("maml", "patient", 16, 2)]
    [InlineData("meta-sgd", "patient", 16, 2)]
    [InlineData("maml", "task", 16, 1)]
    [InlineData("maml", "site", 16, 1)]
    [InlineData("fedsgd", "patient", 1, 1)]
    [InlineData("fedsgd", "patient", 8, 2)]
    [InlineData("scaffold", "site", 16, 1)]
    public void A_sound_unit_says_how_many_clips_it_moves(string algorithm, string unit, int records, int clips)
    {
        var ruling = PrivacyUnits.Rule(algorithm, unit, LossKind.BinaryCrossEntropy, records);
        Assert.True(ruling.Sound, ruling.Reason);
        Assert.Equal(clips, ruling.ClipsPerUnit);
    }

    [Theory]
    [InlineData("scaffold", "patient")]
    [InlineData("scaffold", "task")]
    [InlineData("maml", "record")]
    [InlineData("sgd", "site")]
    public void An_unsound_unit_is_refused_with_the_reason(string algorithm, string unit)
    {
        var ruling = PrivacyUnits.Rule(algorithm, unit, LossKind.BinaryCrossEntropy, 16);
        Assert.False(ruling.Sound);
        Assert.NotEmpty(ruling.Reason);
    }

    [Fact]
    public void Survival_has_no_claim_per_record() => Assert.False(
        PrivacyUnits.Rule("fedsgd", "patient", LossKind.CoxPartialLikelihood, 1).Sound);

    /// <summary>The bound itself: whatever one patient is replaced by, the clipped sum moves by at most the
    /// claim.</summary>
    [Fact]
    public void One_patient_moves_the_clipped_sum_by_no_more_than_the_table_says()
    {
        var logistic = ModelSpec.FromStudy("logistic", 2, 1, []);
        var layered = ModelSpec.FromStudy("mlp-tanh", 2, 1, [3]);
        var process = ModelSpec.FromStudy("cnp", 2, 1, [3]);
        const double clip = 0.2;
        foreach (var name in MetaAlgorithms.Names)
        {
            var spec = name switch { "protonet" => layered, "cnp" => process, _ => logistic };
            var algorithm = MetaAlgorithms.Create<double>(new AlgorithmSettings(name, 0.5, 2), spec);
            var model = ManagedEngine.Instance.Build<double>(algorithm.TrainingSpec);
            var (support, query) = name == "fedsgd" ? (0, 1) : (3, 3);
            var ruling = PrivacyUnits.Rule(name, "patient", spec.Loss, support + query);
            var largest = 0.0;
            for (ulong seed = 1; seed <= 40; seed++)
            {
                var before = Sum(seed, 0, algorithm, model, support, query, clip);
                var after = Sum(seed, 50, algorithm, model, support, query, clip);
                FlatVector.Subtract<double>(before, after, before);
                largest = Math.Max(largest, FlatVector.Norm<double>(before));
            }

            // With one record per task the claim is for zeroing the patient out; replacing it is two of those.
            var bound = (support + query == 1 ? 2 : 1) * ruling.ClipsPerUnit * clip;
            Assert.InRange(largest, bound * 0.1, bound * (1 + 1e-12));
        }
    }

    private static double[] Sum(
        ulong seed, double outlier, IMetaAlgorithm<double> algorithm, IModel<double> model, int support, int query,
        double clip)
    {
        var generator = new SeededGenerator(seed);
        var (x, y) = (new double[2 * 24], new double[24]);
        for (var i = 0; i < x.Length; i++) x[i] = generator.NextNormal();
        for (var i = 0; i < y.Length; i++) y[i] = generator.NextBelow(2);
        var patient = generator.NextBelow(24);
        (x[2 * patient], y[patient]) = (x[2 * patient] + outlier, outlier > 0 ? 1 - y[patient] : y[patient]);
        double[] theta = algorithm.Spec.ParameterCount == 3 ? [0.3, -0.2, 0.1] : algorithm.Spec.Initial(1);
        var state = algorithm.InitialState(theta);
        var (sum, update) = (new double[algorithm.UploadLength], new double[algorithm.UploadLength]);
        foreach (var task in TaskPartition.Split(new Batch<double>(x, y, 24), support, query, seed))
        {
            algorithm.TaskUpdate(model, state, task, update);
            FlatVector.Clip<double>(update, clip);
            FlatVector.AddScaled(sum, 1.0, update);
        }

        return sum;
    }
}

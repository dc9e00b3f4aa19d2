using Xunit;

namespace FedMeta.Learning.Tests;

public class PrivacyUnitsTests
{
    private const double Clip = 0.2;
    private const int Rows = 24;

    public static TheoryData<string, string> Combinations
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var name in MetaAlgorithms.Names)
            {
                foreach (var unit in PrivacyUnits.Names)
                {
                    if (name != "scaffold" || unit == "site") all.Add(name, unit);
                }
            }

            return all;
        }
    }

    /// <summary>No combination lacks a ruling, and none claims without saying why.</summary>
    [Fact]
    public void Every_combination_is_ruled_sound_with_its_sensitivity_or_refused_with_the_reason()
    {
        foreach (var name in MetaAlgorithms.Names)
        {
            foreach (var unit in PrivacyUnits.Names)
            {
                foreach (var loss in Enum.GetValues<LossKind>())
                {
                    var ruling = PrivacyUnits.Rule(name, unit, loss, 16);
                    Assert.NotEmpty(ruling.Reason);
                    Assert.Equal(name != "scaffold" || unit == "site", ruling.Sound);
                    Assert.Equal(!ruling.Sound ? 0 : unit == "patient" ? 2 : 1, ruling.ClipsPerUnit);
                }
            }
        }
    }

    [Theory]
    [InlineData("fedsgd", "patient", 1, 1)]
    [InlineData("fedsgd", "patient", 8, 2)]
    [InlineData("protonet", "patient", 16, 2)]
    public void A_sound_unit_says_how_many_clips_it_moves(string algorithm, string unit, int records, int clips)
    {
        var ruling = PrivacyUnits.Rule(algorithm, unit, LossKind.BinaryCrossEntropy, records);
        Assert.True(ruling.Sound, ruling.Reason);
        Assert.Equal(clips, ruling.ClipsPerUnit);
    }

    [Theory]
    [InlineData("maml", "record")]
    [InlineData("sgd", "site")]
    public void A_unit_or_algorithm_that_there_is_not_is_refused(string algorithm, string unit)
    {
        var ruling = PrivacyUnits.Rule(algorithm, unit, LossKind.BinaryCrossEntropy, 16);
        Assert.False(ruling.Sound);
        Assert.NotEmpty(ruling.Reason);
    }

    [Fact]
    public void Survival_has_no_claim_per_record() => Assert.False(
        PrivacyUnits.Rule("fedsgd", "patient", LossKind.CoxPartialLikelihood, 1).Sound);

    /// <summary>The bound itself: whatever becomes of one unit, the clipped sum moves by at most the claim.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public void One_unit_moves_the_clipped_sum_by_no_more_than_the_table_says(string name, string unit)
    {
        var algorithm = Create(name, batch: 0);
        var (support, query) = name == "fedsgd" && unit == "patient" ? (0, 1) : (3, 3);
        var ruling = PrivacyUnits.Rule(name, unit, algorithm.Spec.Loss, support + query);
        Assert.True(ruling.Sound, ruling.Reason);
        var largest = 0.0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var vectors = Vectors(algorithm, unit, seed, outlier: 0, support, query);
            var moved = unit == "patient"
                ? Subtract(Sum(vectors), Sum(Vectors(algorithm, unit, seed, outlier: 50, support, query)))
                : vectors[(int)(seed % (ulong)vectors.Count)]; // the unit zeroed out
            largest = Math.Max(largest, FlatVector.Norm<double>(moved));
        }

        // With one record per task the claim is for zeroing the patient out; replacing it is two of those.
        var bound = (support + query == 1 ? 2 : 1) * ruling.ClipsPerUnit * Clip;
        Assert.InRange(largest, bound * 0.1, bound * (1 + 1e-12));
    }

    /// <summary>A patient in a task moves more than the one clip norm that zeroing a task out moves.</summary>
    [Fact]
    public void One_clip_norm_would_be_too_small_a_claim_for_a_patient_of_a_task()
    {
        var largest = 0.0;
        var algorithm = Create("fedavg", batch: 0);
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var moved = Subtract(
                Sum(Vectors(algorithm, "patient", seed, 0, 3, 3)), Sum(Vectors(algorithm, "patient", seed, 50, 3, 3)));
            largest = Math.Max(largest, FlatVector.Norm<double>(moved));
        }

        Assert.True(largest > 1.2 * Clip, $"{largest}");
    }

    /// <summary>Minibatches are drawn by place and not by value, so the claim is the same with them.</summary>
    [Fact]
    public void A_changed_patient_changes_the_vector_of_its_own_task_alone_with_minibatches_too()
    {
        var algorithm = Create("maml", batch: 2);
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var before = Vectors(algorithm, "patient", seed, 0, 3, 3);
            var after = Vectors(algorithm, "patient", seed, 50, 3, 3);
            Assert.InRange(before.Zip(after).Count(pair => !pair.First.SequenceEqual(pair.Second)), 0, 1);
        }
    }

    /// <summary>Why scaffold has no claim for a patient: its control variate carries one patient of an earlier round
    /// into all tasks of this one, and their sum moves by more than any clip per task accounts for.</summary>
    [Fact]
    public void A_control_variate_carries_one_patient_into_every_task()
    {
        Assert.False(PrivacyUnits.Rule("scaffold", "patient", LossKind.BinaryCrossEntropy, 6).Sound);
        var largest = 0.0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var moved = Subtract(ScaffoldSum(seed, 0), ScaffoldSum(seed, 50));
            largest = Math.Max(largest, FlatVector.Norm<double>(moved));
        }

        Assert.True(largest > 1.2 * 2 * Clip, $"{largest}");
    }

    /// <summary>The second round of a site whose patient left the file after the first.</summary>
    private static double[] ScaffoldSum(ulong seed, double outlier)
    {
        var algorithm = Create("scaffold", batch: 0);
        var sites = (ISiteState<double>)algorithm;
        var model = ManagedEngine.Instance.Build<double>(algorithm.Spec);
        var state = algorithm.InitialState([0.3, -0.2, 0.1]);
        var (own, update, sum) = (new double[3], new double[6], new double[6]);
        algorithm.TaskUpdate(model, state, new MetaTask<double>(Records(seed, outlier, Rows), 0), update);
        sites.Advance(own, update);
        foreach (var task in TaskPartition.Split(Records(seed, 0, Rows), 3, 3, seed))
        {
            sites.OfSite(own).TaskUpdate(model, state, task, update);
            FlatVector.Clip<double>(update, Clip);
            FlatVector.AddScaled(sum, 1.0, update);
        }

        return sum;
    }

    /// <summary>The clipped vectors of a site: of its tasks, or of one site after another where the site is the
    /// unit.</summary>
    private static List<double[]> Vectors(
        IMetaAlgorithm<double> algorithm, string unit, ulong seed, double outlier, int support, int query)
    {
        var model = ManagedEngine.Instance.Build<double>(algorithm.TrainingSpec);
        double[] theta = algorithm.Spec.ParameterCount == 3 ? [0.3, -0.2, 0.1] : algorithm.Spec.Initial(1);
        var state = algorithm.InitialState(theta);
        var vectors = new List<double[]>();
        for (ulong site = 0; site < (unit == "site" ? 3UL : 1UL); site++)
        {
            var tasks = TaskPartition.Split(Records(seed + (100 * site), outlier, Rows), support, query, seed);
            var updates = tasks.Select(task =>
            {
                var update = new double[algorithm.UploadLength];
                algorithm.TaskUpdate(model, state, task, update);
                return update;
            }).ToList();
            if (unit == "site") updates = [Sum(updates)];
            vectors.AddRange(updates);
        }

        vectors.ForEach(vector => FlatVector.Clip<double>(vector, Clip));
        return vectors;
    }

    private static IMetaAlgorithm<double> Create(string name, int batch)
    {
        var spec = name switch
        {
            "protonet" => ModelSpec.FromStudy("mlp-tanh", 2, 1, [3]),
            "cnp" => ModelSpec.FromStudy("cnp", 2, 1, [3]),
            _ => ModelSpec.FromStudy("logistic", 2, 1, []),
        };
        return MetaAlgorithms.Create<double>(new AlgorithmSettings(name, 0.5, 2, BatchSize: batch), spec);
    }

    private static Batch<double> Records(ulong seed, double outlier, int rows)
    {
        var generator = new SeededGenerator(seed);
        var (x, y) = (new double[2 * rows], new double[rows]);
        for (var i = 0; i < x.Length; i++) x[i] = generator.NextNormal();
        for (var i = 0; i < y.Length; i++) y[i] = generator.NextBelow(2);
        var patient = generator.NextBelow(rows);
        (x[2 * patient], y[patient]) = (x[2 * patient] + outlier, outlier > 0 ? 1 - y[patient] : y[patient]);
        return new Batch<double>(x, y, rows);
    }

    private static double[] Sum(List<double[]> vectors)
    {
        var sum = new double[vectors[0].Length];
        foreach (var vector in vectors) FlatVector.AddScaled(sum, 1.0, vector);
        return sum;
    }

    private static double[] Subtract(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];
}

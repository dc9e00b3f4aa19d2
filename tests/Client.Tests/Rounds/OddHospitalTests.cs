using System.Globalization;
using FedMeta.Client.Data;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Privacy;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>
/// Rounds with one hospital whose data are odd. It is told so in words, it leaves or takes part, and in either case the
/// opened sum is that of the vectors that belong in it: the others' model stays finite and learns.
/// </summary>
public sealed class OddHospitalTests
{
    private const string Linear = "kind = \"linear\"";
    private static readonly string Logistic = TestStudy.Draft.Replace("epsilon = 3.0", "epsilon = 1000.0",
        StringComparison.Ordinal);

    private static readonly string Diverging = Logistic
        .Replace("kind = \"logistic\"", Linear, StringComparison.Ordinal)
        .Replace("shots = 2", "shots = 2\ninner_rate = 0.1\ninner_steps = 100", StringComparison.Ordinal);

    private static readonly string Classes = Logistic
        .Replace("kind = \"logistic\"", "kind = \"softmax\"\noutputs = 3", StringComparison.Ordinal);

    private static readonly string Survival = Logistic
        .Replace("kind = \"logistic\"", "kind = \"cox\"", StringComparison.Ordinal)
        .Replace("shots = 2", "shots = 4", StringComparison.Ordinal)
        .Replace("label = \"label\"", "label = \"label\"\ntime = \"days\"", StringComparison.Ordinal);

    [Theory]
    [InlineData("label", "1", DataFault.OneClass, "every training row has the same label")]
    [InlineData("label", "0", DataFault.OneClass, "every training row has the same label")]
    [InlineData("age", "50", DataFault.ColumnConstant, "'age' has the same value in every row")]
    [InlineData("age", "", DataFault.ColumnEmpty, "'age' has no value in any row")]
    public async Task A_hospital_with_a_warning_takes_part(string column, string value, object fault, string words)
    {
        using var federation = Federation(Logistic, cells => cells[column] = value);
        Said(federation, (DataFault)fault, words, isWarning: true);
        await PlayAsync(federation, inside: 6);
        Assert.Contains(federation.Hospitals[0].Events, each => each.Text.Contains(
            "warnings about the data file: 1, see 'fedmeta-client data check'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_value_in_another_unit_cannot_own_the_model()
    {
        using var federation = Federation(Logistic, cells => cells["chol"] = "1e300");
        await PlayAsync(federation, inside: 6);
    }

    [Theory]
    [InlineData("age", "NaN", DataFault.NotFinite, "column 'age' (number 1) is not a finite number")]
    [InlineData("age", "-Infinity", DataFault.NotFinite, "column 'age' (number 1) is not a finite number")]
    [InlineData("chol", "high", DataFault.NotANumber, "column 'chol' (number 2) holds text where a number belongs")]
    [InlineData("label", "2", DataFault.BadLabel, "column 'label' (number 3) is no label of this study")]
    [InlineData("label", "", DataFault.MissingLabel, "has no label in column 'label' (number 3)")]
    public async Task A_hospital_with_a_bad_cell_stays_out(string column, string value, object fault, string words)
    {
        var row = 0;
        using var federation = Federation(Logistic, cells => cells[column] = row++ == 3 ? value : cells[column]);
        Said(federation, (DataFault)fault, "row 5" + (words[0] == 'c' ? ", " : " ") + words, isWarning: false);
        await PlayAsync(federation, inside: 5);
        StaysOut(federation, words);
    }

    [Fact]
    public async Task A_hospital_without_any_value_stays_out()
    {
        using var federation = Federation(Logistic, cells => cells["age"] = cells["chol"] = "?");
        Said(federation, DataFault.AllMissing, "every value of every feature is missing", isWarning: false);
        await PlayAsync(federation, inside: 5);
        StaysOut(federation, "every value of every feature is missing");
    }

    [Fact]
    public async Task A_hospital_with_five_patients_stays_out()
    {
        using var federation = Federation(Logistic, _ => { }, rows: 5);
        Said(federation, DataFault.TooFewRows, "there are 4 training rows and 20 are the least", isWarning: false);
        await PlayAsync(federation, inside: 5);
        StaysOut(federation, "there are 4 training rows and 20 are the least");
    }

    [Fact]
    public async Task More_classes_than_outputs_keep_a_hospital_out()
    {
        using var federation = Federation(Classes, cells => cells["label"] = "3");
        var problem = Said(federation, DataFault.BadLabel, "is no label of this study", isWarning: false);
        Assert.Equal("labels are whole numbers from 0 to 2", problem.Hint);
        await PlayAsync(federation, inside: 5);
        StaysOut(federation, "row 2, column 'label' (number 3) is no label of this study; row 3");
        StaysOut(federation, "; and 17 more faults: ");
    }

    [Fact]
    public async Task A_learning_rate_that_diverges_at_one_hospital_counts_as_zero_there()
    {
        using var federation = Federation(Diverging, cells => (cells["age"], cells["chol"]) = ("1e9", "-1e9"));
        await PlayAsync(federation, inside: 6);
        Assert.Contains(federation.Hospitals[0].Events, each => each.Text.Contains(
            "were not finite and count as zero: the study's learning rate is too large", StringComparison.Ordinal));
        Assert.DoesNotContain(federation.Hospitals.Skip(1).SelectMany(each => each.Events),
            each => each.Text.Contains("not finite", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0", DataFault.BadTime, "is no time above 0")]
    [InlineData("-1", DataFault.BadTime, "is no time above 0")]
    [InlineData("", DataFault.MissingTime, "has no time")]
    public async Task A_time_that_cannot_be_keeps_a_hospital_out(string time, object fault, string words)
    {
        using var federation = Federation(Survival, cells => cells["days"] = time);
        Said(federation, (DataFault)fault, words, isWarning: false);
        await PlayAsync(federation, inside: 5);
        StaysOut(federation, words);
    }

    [Fact]
    public async Task A_hospital_where_nobody_had_the_event_takes_part_with_its_noise_alone()
    {
        using var federation = Federation(Survival, cells => cells["label"] = "0");
        Said(federation, DataFault.NoEvent, "no training row has the event", isWarning: true);
        Assert.All(Vectors(federation, federation.Hospitals[0]), vector => Assert.Equal(0, FlatVector.Norm<double>(vector)));
        await PlayAsync(federation, inside: 6);
    }

    // Six hospitals; the first one's cells are changed row by row, every other's stay as they are.
    private static TestFederation Federation(string draft, Action<Dictionary<string, string>> spoil, int rows = 60)
    {
        var federation = new TestFederation(draft, hospitals: 6);
        for (var i = 0; i < 6; i++)
        {
            var hospital = federation.Hospitals[i];
            File.WriteAllText(hospital.PolicyFilePath, "max_epsilon_total = 1000\nmax_epsilon_per_study = 1000\n");
            var lines = TestStudy.Csv(i == 0 ? rows : 60, (ulong)i, TestHospital.Canary).TrimEnd().Split('\n');
            string[] names = [.. lines[0].Split(','), "days"];
            var spoilt = lines.Skip(1).Select((line, row) =>
            {
                // The higher the age the sooner the event.
                var age = double.Parse(line.Split(',')[0], CultureInfo.InvariantCulture);
                string[] cells = [.. line.Split(','), FormattableString.Invariant($"{(100 - age) * (1 + row % 3)}")];
                var byName = names.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second);
                if (i == 0) spoil(byName);
                return string.Join(',', names.Select(name => byName[name]));
            });
            File.WriteAllText(hospital.DataFile, string.Join('\n', (string[])[string.Join(',', names), .. spoilt]) + "\n");
        }

        federation.ApproveAll();
        return federation;
    }

    /// <summary>What <c>data check</c> says at the odd hospital.</summary>
    private static DataProblem Said(TestFederation federation, DataFault fault, string words, bool isWarning)
    {
        var odd = federation.Hospitals[0];
        var report = DataInspection.Run(odd.DataFile, federation.Study, odd.Id, 20);
        var problem = report.Problems.First(each => each.Fault == fault);
        Assert.Contains(words, problem.What, StringComparison.Ordinal);
        Assert.Equal(isWarning, problem.IsWarning);
        Assert.DoesNotContain(TestHospital.Canary, problem.What + problem.Hint, StringComparison.Ordinal);
        return problem;
    }

    /// <summary>The server hears one word; the hospital's own screen says what is wrong.</summary>
    private static void StaysOut(TestFederation federation, string words)
    {
        var odd = federation.Hospitals[0];
        var fact = odd.Refused("data-unavailable");
        Assert.Equal("'fedmeta-client data check' at the hospital says more", fact.Detail);
        Assert.Equal(fact.Detail, odd.Server.Withdrawal.Detail);
        Assert.Contains(odd.Events, each => each.Text.StartsWith("data-unavailable: ", StringComparison.Ordinal)
            && each.Text.Contains(words, StringComparison.Ordinal));
    }

    private static async Task PlayAsync(TestFederation federation, int inside)
    {
        var completed = await federation.RunAsync(1);
        Assert.Equal(inside, completed.Included.Count);
        var (plan, study) = (federation.Study.Mechanism, federation.Study);
        var sum = new AggregateDecoder(plan, federation.Rotation).Decode(completed.Sum[0].ToResidues()).Sum;
        Assert.True(FlatVector.Norm<double>(sum) <= SumNormBound.Of(plan, inside), "the coordinator would roll it back");

        var exact = new double[sum.Length];
        foreach (var hospital in federation.Hospitals.Where(each => completed.Included.Contains(each.Id)))
            foreach (var vector in Vectors(federation, hospital).Where(each => FlatVector.IsFinite<double>(each)))
            {
                FlatVector.Clip<double>(vector, plan.Request.ClipNorm);
                FlatVector.AddScaled(exact, 1.0, vector);
            }

        var noise = Math.Sqrt(inside * (double)plan.LocalVariance) / plan.Scale;
        for (var i = 0; i < sum.Length; i++) Assert.InRange(sum[i], exact[i] - 8 * noise, exact[i] + 8 * noise);

        var others = Batch<double>.Concatenate(federation.Hospitals.Skip(1).Select(each => Rows(federation, each)));
        var model = ManagedEngine.Instance.Build<double>(study.Model);
        var before = study.Model.Initial(1);
        var after = (double[])before.Clone();
        FlatVector.AddScaled(after, -1.0 / federation.Document.Terms.Meta.Tasks, sum);
        Assert.True(model.Loss(after, others) < model.Loss(before, others), "the others' model did not learn");
    }

    private static List<double[]> Vectors(TestFederation federation, TestHospital hospital)
    {
        var study = federation.Study;
        var update = new LocalUpdate(ManagedEngine.Instance.Build<float>(study.Model),
            MetaAlgorithms.Create<float>(study.Algorithm, study.Model), study.Shape);
        var seed = TaskSeed.Of(study.Hash, hospital.Id, study.Demands.Unit, 1, 1);
        var vectors = new List<double[]>();
        update.Compute(study.Model.Initial(1), Rows(federation, hospital), seed,
            study.Mechanism.Request.MaxContributionsPerClient, vector => vectors.Add([.. vector]), default);
        return vectors;
    }

    private static Batch<double> Rows(TestFederation federation, TestHospital hospital) =>
        new SiteFile(hospital.DataFile, hospital.Id).Read(federation.Study, 1, out _)!.Train;
}

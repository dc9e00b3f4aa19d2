using Xunit;

namespace FedMeta.Learning.Tests.Evaluation;

public class PairedComparisonTests
{
    private static readonly IModel<double> Model =
        ManagedEngine.Instance.Build<double>(ModelSpec.FromStudy("logistic", 2, 1, []));

    [Fact]
    public void The_better_model_is_called_better_and_the_worse_worse()
    {
        var data = Patients(1, 300);
        var comparison = Compare([2.0, 0, 0], [-2.0, 0, 0], data);
        Assert.Equal(Verdict.Better, comparison.Verdict);
        Assert.Equal(Verdict.Better, comparison.Ranking!.Verdict);
        Assert.StartsWith("a is better than b: log loss 0.", comparison.Words, StringComparison.Ordinal);
        Assert.Equal(Verdict.Worse, Compare([-2.0, 0, 0], [2.0, 0, 0], data).Verdict);
    }

    [Fact]
    public void A_tie_is_called_a_tie()
    {
        var near = Compare([2.0, 0.05, 0], [2.0, -0.05, 0], Patients(2, 100));
        Assert.Equal(Verdict.Tie, near.Verdict);
        Assert.Contains("are a tie", near.Words, StringComparison.Ordinal);
        Assert.True(near.Loss.Interval!.Value.Contains(0));
        var same = Compare([2.0, 0, 0], [2.0, 0, 0], Patients(2, 100));
        Assert.Equal(Verdict.Tie, same.Verdict);
        Assert.Equal(0, same.Loss.Difference);
    }

    [Fact]
    public void A_model_whose_loss_is_no_number_beats_nobody()
    {
        double[] diverged = [double.NaN, 0, 0];
        var data = Patients(2, 100);
        Assert.Equal(Verdict.Better, Compare([2.0, 0, 0], diverged, data).Verdict);
        Assert.Equal(Verdict.Worse, Compare(diverged, [2.0, 0, 0], data).Verdict);
        Assert.Equal(Verdict.Tie, Compare(diverged, diverged, data).Verdict);
    }

    [Fact]
    public void Pairing_finds_what_two_overlapping_intervals_hide()
    {
        var data = Patients(3, 150);
        var comparison = Compare([2.0, 0, 0], [2.0, 0, 1.2], data);
        var (a, b) = (Evaluator.Evaluate(Model, [2.0, 0, 0], data, 1),
            Evaluator.Evaluate(Model, [2.0, 0, 1.2], data, 1));
        Assert.True(a.LossInterval!.Value.High > b.LossInterval!.Value.Low);
        Assert.Equal(Verdict.Better, comparison.Verdict);
    }

    [Fact]
    public void A_handful_of_patients_never_makes_anybody_better()
    {
        var comparison = Compare([2.0, 0, 0], [-9.0, 0, 0], Patients(4, 9));
        Assert.Equal(Verdict.Tie, comparison.Verdict);
        Assert.Null(comparison.Loss.Interval);
        Assert.Contains("9 patients are too few to tell", comparison.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_site_counts_the_same_and_one_without_a_ranking_is_left_out_of_it_alone()
    {
        var (large, small) = (Patients(5, 200), Patients(6, 20));
        var sick = new double[20];
        sick.AsSpan().Fill(1);
        small = new Batch<double>(small.Inputs, sick, 20);
        double[] a = [2, 0, 0], b = [1, 0, 1];
        var both = PairedComparison.Of("a", "b",
            [(Of(a, large), Of(b, large)), (Of(a, small), Of(b, small))], 1);
        Assert.Equal((Model.Loss(a, large) + Model.Loss(a, small)) / 2, both.Loss.First, 12);
        Assert.Equal(Of(a, large).Value(Measure.Auroc), both.Ranking!.First);
        Assert.Equal((2, 220), (both.Sites, both.Patients));
    }

    [Fact]
    public void Models_judged_on_different_patients_are_not_compared() => Assert.Throws<ArgumentException>(() =>
        PairedComparison.Of("a", "b", Of([1.0, 0, 0], Patients(1, 20)), Of([1.0, 0, 0], Patients(2, 20)), 1));

    /// <summary>Of true differences of zero about one in twenty is called something else.</summary>
    [Fact]
    public void Equal_models_are_rarely_told_apart()
    {
        var wrong = 0;
        for (ulong seed = 0; seed < 80; seed++)
        {
            // x2 is noise: the two models are mirror images of equal merit.
            if (Compare([2.0, 1, 0], [2.0, -1, 0], Patients(100 + seed, 40)).Verdict != Verdict.Tie) wrong++;
        }

        Assert.InRange(wrong, 1, 10);
    }

    private static Judgement Of(double[] theta, Batch<double> data) => Judgement.Of(Model, theta, data);

    private static PairedComparison Compare(double[] a, double[] b, Batch<double> data) =>
        PairedComparison.Of("a", "b", Of(a, data), Of(b, data), 1);

    private static Batch<double> Patients(ulong seed, int count)
    {
        var generator = new SeededGenerator(seed);
        var (x, y) = (new double[2 * count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            (x[2 * i], x[2 * i + 1]) = (generator.NextNormal(), generator.NextNormal());
            y[i] = generator.NextUnit() < ElementaryFunctions.Sigmoid(2 * x[2 * i]) ? 1 : 0;
        }

        return new Batch<double>(x, y, count);
    }
}

using Xunit;

namespace FedMeta.Learning.Tests.Evaluation;

public class AdaptationCurvesTests
{
    private static readonly IModel<double> Model =
        ManagedEngine.Instance.Build<double>(ModelSpec.FromStudy("logistic", 2, 1, []));

    private static readonly double[] Shared = [2, -1, 0];
    private static readonly double[] Rates = [0.1, 0.1, 0.1];
    private static readonly Site Elsewhere = new("new", Patients(1, 90, 1.5), Patients(2, 300, 1.5));

    [Fact]
    public void A_hospital_of_another_prevalence_sees_the_intercept_pay_for_itself()
    {
        var curves = AdaptationCurves.Draw(Model, Shared, Rates, Elsewhere, new CurveSettings());
        var recalibrated = curves.Single(c => c.Way == "intercept recalibration");
        Assert.Equal([0, 5, 10, 20, 40, 90], recalibrated.Points.Select(p => p.Patients));
        Assert.Equal([1, 10, 10, 10, 10, 1], recalibrated.Points.Select(p => p.Draws));
        Assert.True(recalibrated.Points[^1].Loss.Mean < recalibrated.Points[0].Loss.Mean - 0.05);
        Assert.InRange(recalibrated.PatientsNeeded!.Value, 10, 40);
        Assert.All(recalibrated.Points, p => Assert.Equal(recalibrated.Points[0].Ranking!.Mean, p.Ranking!.Mean, 12));
        var alone = curves.Single(c => c.Way == "this hospital alone");
        Assert.Equal(5, alone.Points[0].Patients);
        Assert.True(alone.Points[0].Loss.Mean > recalibrated.Points[0].Loss.Mean);
    }

    [Fact]
    public void Every_point_lies_within_its_draws_and_its_interval_and_zero_patients_change_nothing()
    {
        var curves = AdaptationCurves.Draw(Model, Shared, Rates, Elsewhere, new CurveSettings(Draws: 4));
        Assert.Equal(7, curves.Count);
        foreach (var point in curves.SelectMany(c => c.Points))
        {
            foreach (var value in new[] { point.Loss, point.Ranking!, point.CalibrationError! })
                Assert.InRange(value.Mean, value.Lowest - 1e-12, value.Highest + 1e-12);
            Assert.True(point.Loss.Interval!.Value.Contains(point.Loss.Mean));
            Assert.Null(point.CalibrationError!.Interval);
        }

        var start = curves.Where(c => c.Points[0].Patients == 0).ToList();
        Assert.Equal(6, start.Count);
        Assert.All(start, c => Assert.Equal(Model.Loss(Shared, Elsewhere.Test), c.Points[0].Loss.Mean));
        var shared = curves.Single(c => c.Way == "as shared");
        Assert.Single(shared.Points.Select(p => Math.Round(p.Loss.Mean, 12)).Distinct());
    }

    [Fact]
    public void Curves_are_the_same_for_a_seed_and_every_way_sees_the_same_draws()
    {
        var first = AdaptationCurves.Draw(Model, Shared, Rates, Elsewhere, new CurveSettings(Draws: 3));
        var second = AdaptationCurves.Draw(Model, Shared, Rates, Elsewhere, new CurveSettings(Draws: 3));
        Assert.Equal(first.SelectMany(c => c.Points), second.SelectMany(c => c.Points));
        var seen = new List<double[]>();
        AdaptationWay Spy(string name) => new(name, Shared, support =>
        {
            seen.Add(support.Inputs.ToArray());
            return Shared;
        });
        AdaptationCurves.Draw(
            Model, [Spy("a"), Spy("b")], Elsewhere, new CurveSettings(Draws: 2) { Patients = [5, 10] });
        Assert.Equal(seen[..5], seen[5..]);
        Assert.Equal(seen[0], seen[2][..10]); // the ten patients of a draw begin with its five
        Assert.NotEqual(seen[0], seen[1]);
    }

    [Fact]
    public void A_site_with_few_patients_has_a_short_curve_and_nobody_learns_from_the_judged()
    {
        var small = Elsewhere with { Train = Patients(3, 7, 1.5) };
        var curves = AdaptationCurves.Draw(Model, Shared, Rates, small, new CurveSettings());
        Assert.Equal([0, 5, 7], curves[1].Points.Select(p => p.Patients));
        var none = AdaptationCurves.Draw(
            Model, Shared, Rates, Elsewhere with { Train = Patients(3, 0, 0) }, new CurveSettings());
        Assert.Equal([0], none[1].Points.Select(p => p.Patients));
        Assert.Throws<ArgumentException>(() => AdaptationCurves.Draw(
            Model, Shared, Rates, Elsewhere with { Test = Patients(3, 0, 0) }, new CurveSettings()));
    }

    private static Batch<double> Patients(ulong seed, int count, double shift)
    {
        var generator = new SeededGenerator(seed);
        var (x, y) = (new double[2 * count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            (x[2 * i], x[2 * i + 1]) = (generator.NextNormal(), generator.NextNormal());
            var logit = 2 * x[2 * i] - x[2 * i + 1] + shift;
            y[i] = generator.NextUnit() < ElementaryFunctions.Sigmoid(logit) ? 1 : 0;
        }

        return new Batch<double>(x, y, count);
    }
}

using FedMeta.Client.Data;
using FedMeta.Learning;

namespace FedMeta.Client.Tests.Data;

public sealed class SiteSplitTests
{
    private static readonly DataContract Contract = new(["x"], "y", LabelKind.Binary, 2, "fold", 5);

    private static SiteTable Table(int rows, Func<int, double> label, bool[]? test = null) =>
        new(1, [.. Enumerable.Range(0, rows).Select(i => (double)i)], [.. Enumerable.Range(0, rows).Select(label)],
            test);

    [Fact]
    public void The_files_own_folds_decide()
    {
        var split = SiteSplit.Of(Table(4, _ => 0, [true, false, false, true]), 1, "seoul");
        Assert.Equal([1, 2], split.Train);
        Assert.Equal([0, 3], split.Test);
        Assert.Null(split.Seed);
    }

    [Fact]
    public void Without_folds_a_third_is_held_out_and_every_row_stands_in_one_part()
    {
        var split = SiteSplit.Of(Table(100, i => i % 2), 1, "seoul");
        Assert.Equal(33, split.Test.Length);
        Assert.Equal(Enumerable.Range(0, 100), split.Train.Concat(split.Test).Order());
        Assert.NotNull(split.Seed);
    }

    [Fact]
    public void The_split_depends_on_the_study_and_the_hospital_and_on_no_value()
    {
        var one = SiteSplit.Of(Table(60, i => i % 2), 1, "seoul");
        Assert.Equal(one.Test, SiteSplit.Of(Table(60, _ => 1), 1, "seoul").Test);
        Assert.NotEqual(one.Test, SiteSplit.Of(Table(60, i => i % 2), 2, "seoul").Test);
        Assert.NotEqual(one.Test, SiteSplit.Of(Table(60, i => i % 2), 1, "busan").Test);
    }

    [Fact]
    public void Too_few_training_rows_are_a_fault()
    {
        var table = Table(6, i => i % 2);
        var problem = Assert.Single(SiteData.Check(table, SiteSplit.Of(table, 1, "a"), Contract, minRows: 5));
        Assert.Equal(DataFault.TooFewRows, problem.Fault);
        Assert.False(problem.IsWarning);
        Assert.Empty(SiteData.Check(table, SiteSplit.Of(table, 1, "a"), Contract, minRows: 4));
    }

    [Fact]
    public void One_class_is_a_warning_with_its_consequences()
    {
        var table = Table(30, _ => 1);
        var problem = Assert.Single(SiteData.Check(table, SiteSplit.Of(table, 1, "a"), Contract, 5));
        Assert.Equal(DataFault.OneClass, problem.Fault);
        Assert.True(problem.IsWarning);
        Assert.Contains("AUROC", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_are_scaled_with_the_studys_constants_and_a_missing_value_is_the_centre()
    {
        var table = new SiteTable(1, [54, double.NaN, 63], [0, 1, 0], [false, false, true]);
        var data = SiteData.Of(table, new FeatureScaling([54], [9]), SiteSplit.Of(table, 1, "a"));
        Assert.Equal([0, 0], data.Train.Inputs.ToArray());
        Assert.Equal([0, 1], data.Train.Targets.ToArray());
        Assert.Equal([1], data.Test.Inputs.ToArray());
    }
}

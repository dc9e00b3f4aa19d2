using FedMeta.Client.Data;
using FedMeta.Learning;

namespace FedMeta.Client.Tests.Data;

/// <summary>Files of survival studies: a time and whether the event was seen.</summary>
public sealed class SurvivalDataTests : IDisposable
{
    private static readonly DataContract Contract =
        new(["age"], "death", LabelKind.Binary, 2, null, MinRows: 2) { Time = "days" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private DataReading Read(string text) => CsvSource.Read(_folder.File("cohort.csv", text), Contract);

    [Fact]
    public void Time_and_event_become_the_targets_of_a_patient()
    {
        var table = Read("death,age,days\n1,50,12.5\n0,60,300\n").Table!;
        var data = SiteData.Of(table, new FeatureScaling([50], [10]), new SiteSplit([0, 1], [], null));
        Assert.Equal([12.5, 1, 300, 0], data.Train.Targets.ToArray());
        Assert.Equal([0, 1], data.Train.Inputs.ToArray());
    }

    [Theory]
    [InlineData("0", DataFault.BadTime, "no time above 0")]
    [InlineData("-3", DataFault.BadTime, "no time above 0")]
    [InlineData("", DataFault.MissingTime, "has no time")]
    [InlineData("NaN", DataFault.NotFinite, "not a finite number")]
    [InlineData("soon", DataFault.NotANumber, "text where a number belongs")]
    public void A_time_that_cannot_be_is_named_with_its_row(string time, object fault, string words)
    {
        var problem = Assert.Single(Read($"age,days,death\n50,12,1\n60,{time},0\n").Problems);
        Assert.Equal((DataFault)fault, problem.Fault);
        Assert.Contains("row 3", problem.What, StringComparison.Ordinal);
        Assert.Contains("'days' (number 2)", problem.What, StringComparison.Ordinal);
        Assert.Contains(words, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_is_0_or_1() =>
        Assert.Equal(DataFault.BadLabel, Assert.Single(Read("age,days,death\n50,12,2\n").Problems).Fault);

    [Theory]
    [InlineData("0", true)]
    [InlineData("1", false)]
    public void A_hospital_without_any_event_is_warned_and_one_with_events_alone_is_not(string label, bool warned)
    {
        var table = Read($"age,days,death\n50,12,{label}\n60,30,{label}\n").Table!;
        var problems = SiteData.Check(table, new SiteSplit([0, 1], [], null), Contract, 2);
        Assert.Equal(warned ? [DataFault.NoEvent] : [], problems.Select(problem => problem.Fault));
    }
}

using FedMeta.Server.Models;

namespace FedMeta.Server.Tests.Rounds;

public sealed class GroupCombinationTests
{
    private static readonly int[] Fives = [5, 5, 5, 5];

    [Theory]
    [InlineData("coordinate-median")]
    [InlineData("trimmed-mean")]
    [InlineData("geometric-median")]
    public void A_stretched_group_is_left_out_and_a_turned_one_is_outvoted(string rule)
    {
        var (mean, leftOut) = GroupCombination.Combine([Group(-1), Group(30), Group(1), Group(1.1)], Fives, rule);
        Assert.Equal([1], leftOut);
        Assert.InRange(mean![0], 0.9, 1.1);
    }

    [Fact]
    public void Nothing_is_combined_where_half_of_the_groups_are_stretched()
    {
        var (mean, leftOut) = GroupCombination.Combine([Group(30), Group(30), Group(1), Group(1)], Fives,
            "coordinate-median");
        Assert.Null(mean);
        Assert.Equal([0, 1], leftOut);
    }

    [Fact]
    public void A_group_counts_by_its_hospitals()
    {
        Assert.Equal(2, GroupCombination.Combine([Group(1), Group(2), Group(3)], [5, 5, 5], "coordinate-median").Mean![0]);
        Assert.Equal(3, GroupCombination.Combine([Group(1), Group(2), Group(3)], [5, 5, 11], "coordinate-median").Mean![0]);
    }

    [Fact]
    public void A_rule_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentException>(() => GroupCombination.Combine([Group(1)], [5], "mean"));

    private static ReleasedMean Group(double value) => new([value], Math.Abs(value), 5, false);
}

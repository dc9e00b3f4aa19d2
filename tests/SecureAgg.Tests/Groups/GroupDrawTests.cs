using FsCheck.Fluent;

namespace FedMeta.SecureAgg.Tests.Groups;

public sealed class GroupDrawTests
{
    private static readonly byte[] Plan = [.. Enumerable.Repeat((byte)7, 32)];
    private static readonly byte[] Model = [.. Enumerable.Repeat((byte)9, 32)];

    private static string[] Members(int count) =>
        [.. Enumerable.Range(0, count).Select(i => $"site-{i:000}")];

    private static byte[] Seed(int round, int attempt = 1) => GroupDraw.Seed(Plan, new RoundId(round, attempt), Model);

    private static string Text(IReadOnlyList<IReadOnlyList<string>> groups) =>
        string.Join('|', groups.Select(group => string.Join(',', group)));

    [Fact]
    public void Every_draw_is_a_partition_into_groups_of_nearly_equal_size_and_none_below_the_least()
    {
        var property =
            from size in Gen.Choose(5, 12)
            from members in Gen.Choose(3 * size, 240)
            from round in Gen.Choose(1, 1000)
            select (size, members, round);
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(property.ToArbitrary(), one =>
        {
            var members = Members(one.members);
            var groups = GroupDraw.Draw(members, Seed(one.round), one.size);
            var layout = GroupLayout.Of(one.members, one.size);
            var sizes = groups.Select(group => group.Count).ToList();
            return groups.SelectMany(group => group).Order(StringComparer.Ordinal).SequenceEqual(members)
                && groups.Count == layout.Count && sizes.Min() == layout.Smallest && sizes.Max() == layout.Largest
                && layout.Smallest >= one.size && layout.Largest - layout.Smallest <= 1
                && groups.All(group => group.SequenceEqual(group.Order(StringComparer.Ordinal)));
        }));
    }

    [Fact]
    public void The_same_facts_give_the_same_groups_and_each_fact_gives_others()
    {
        var members = Members(17);
        var groups = Text(GroupDraw.Draw(members, Seed(3, 2), 5));
        Assert.Equal(groups, Text(GroupDraw.Draw(members, Seed(3, 2), 5)));
        Assert.NotEqual(groups, Text(GroupDraw.Draw(members, Seed(4, 2), 5)));
        Assert.NotEqual(groups, Text(GroupDraw.Draw(members, Seed(3, 3), 5)));
        Assert.NotEqual(groups, Text(GroupDraw.Draw(members, GroupDraw.Seed(Model, new RoundId(3, 2), Model), 5)));
        Assert.NotEqual(groups, Text(GroupDraw.Draw(members, GroupDraw.Seed(Plan, new RoundId(3, 2), Plan), 5)));
    }

    // Computed by another program, in another language, from the definition alone.
    [Fact]
    public void A_draw_is_the_one_that_is_written_down()
    {
        var seed = GroupDraw.Seed(Plan, new RoundId(1, 1), Model);
        Assert.Equal("193031492912cf725118dcf5072769a58b0fec23d03ede614caaabc6761b2991",
            Convert.ToHexStringLower(seed));
        Assert.Equal(
            "site-000,site-002,site-008,site-009,site-011,site-012"
                + "|site-003,site-005,site-006,site-007,site-013"
                + "|site-001,site-004,site-010,site-014,site-015",
            Text(GroupDraw.Draw(Members(16), seed, 5)));
    }

    // Over many rounds every pair meets about equally often: 16 members in groups of 6, 5 and 5 make 35 pairs of 120.
    [Fact]
    public void Over_the_rounds_every_pair_is_sometimes_together_and_sometimes_apart()
    {
        const int rounds = 600;
        var members = Members(16);
        var together = new Dictionary<(string, string), int>();
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var group in GroupDraw.Draw(members, Seed(round), 5))
            {
                foreach (var one in group)
                {
                    foreach (var other in group.Where(each => string.CompareOrdinal(one, each) < 0))
                        together[(one, other)] = together.GetValueOrDefault((one, other)) + 1;
                }
            }
        }

        // 175 expected, standard deviation 11.1: five deviations either way, and the draw is fixed.
        Assert.Equal(120, together.Count);
        Assert.All(together.Values, count => Assert.InRange(count, 119, 231));
    }

    [Theory]
    [InlineData(12, 4)]
    [InlineData(14, 5)]
    [InlineData(20, 7)]
    public void Groups_that_are_too_small_or_too_few_are_refused(int members, int size)
    {
        Assert.NotEmpty(GroupLayout.Problems(members, size));
        Assert.Throws<ArgumentException>(() => GroupDraw.Draw(Members(members), Seed(1), size));
    }

    [Fact]
    public void Members_in_another_order_or_twice_are_refused()
    {
        Assert.Throws<ArgumentException>(() => GroupDraw.Draw([.. Members(15).Reverse()], Seed(1), 5));
        Assert.Throws<ArgumentException>(
            () => GroupDraw.Draw([.. Members(15).Append("site-014")], Seed(1), 5));
    }

    [Theory]
    [InlineData(15, 5, 3, 3)]
    [InlineData(20, 5, 4, 3)]
    [InlineData(30, 5, 6, 4)]
    [InlineData(35, 5, 7, 4)]
    public void More_than_half_of_the_groups_and_at_least_three_are_needed(int members, int size, int count, int needed)
    {
        var layout = GroupLayout.Of(members, size);
        Assert.Equal((count, needed), (layout.Count, layout.Needed));
    }
}

using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.Omniglot;

namespace FedMeta.Simulation.Tests.Reproduce.Omniglot;

public sealed class EpisodesTests
{
    private static readonly CharacterSet Set = PackedSet.Read();

    [Theory]
    [InlineData(nameof(ClientKind.Pooled))]
    [InlineData(nameof(ClientKind.Alphabets))]
    [InlineData(nameof(ClientKind.Drawers))]
    public void Classes_are_distinct_and_no_drawing_is_in_support_and_query(string kind)
    {
        foreach (var client in OmniglotClients.Training(Set, Enum.Parse<ClientKind>(kind), shots: 2))
            for (ulong seed = 0; seed < 50; seed++)
            {
                var records = client.DrawRecords(new SeededGenerator(seed));
                Assert.Equal(records.Length, records.Distinct().Count());
                Assert.Equal(records.Length,
                    records.Select(r => (r.Character, r.Rotation, r.Drawer)).Distinct().Count());
                Assert.Equal(5, records.Select(r => (r.Character, r.Rotation)).Distinct().Count());
                Assert.Equal(5, records.Select(r => (r.Character, r.Rotation, r.Class)).Distinct().Count());
                Assert.All(records[..10].GroupBy(r => r.Class), g => Assert.Equal(2, g.Count()));
                Assert.All(records[10..].GroupBy(r => r.Class), g => Assert.Equal(client.QueriesOfClass, g.Count()));
            }
    }

    [Theory]
    [InlineData(nameof(ClientKind.Pooled))]
    [InlineData(nameof(ClientKind.Alphabets))]
    [InlineData(nameof(ClientKind.Drawers))]
    public void No_test_alphabet_is_trained_on_and_no_training_alphabet_tested(string kind)
    {
        var trained = OmniglotClients.Training(Set, Enum.Parse<ClientKind>(kind), 1).SelectMany(AlphabetsOf)
            .ToHashSet();
        var tested = AlphabetsOf(OmniglotClients.Test(Set, 1)).ToHashSet();

        Assert.Equal(["Runes", "Shared", "Upper"], trained.Order());
        Assert.Equal(["Late", "Lower"], tested.Order());
    }

    [Fact]
    public void A_client_that_is_an_alphabet_draws_its_own_characters_alone()
    {
        var clients = OmniglotClients.Training(Set, ClientKind.Alphabets, 1);

        Assert.Equal([["Upper"], ["Shared"], ["Runes"]], clients.Select(c => AlphabetsOf(c).Distinct()));
    }

    [Fact]
    public void A_client_that_is_a_group_of_drawers_draws_their_drawings_alone_and_all_of_them()
    {
        var clients = OmniglotClients.Training(Set, ClientKind.Drawers, 1);

        Assert.Equal(new int[][] { [0, 1, 2, 3, 4], [5, 6, 7, 8, 9] },
            clients.Select(c => Records(c).Select(r => r.Drawer).Distinct().Order().ToArray()));
    }

    [Theory]
    [InlineData(20, 1, 4)]
    [InlineData(20, 5, 10)]
    [InlineData(10, 1, 5)]
    public void A_group_of_drawers_is_the_smallest_that_leaves_three_queries(int drawers, int shots, int size) =>
        Assert.Equal(size, OmniglotClients.GroupSize(drawers, shots));

    [Fact]
    public void The_same_generator_gives_the_same_episode_and_images_belong_to_their_targets()
    {
        var client = OmniglotClients.Training(Set, ClientKind.Pooled, 2)[0];
        var records = client.DrawRecords(new SeededGenerator(7));
        var task = client.Draw(new SeededGenerator(7));

        Assert.Equal(task.All.Inputs.ToArray(), client.Draw(new SeededGenerator(7)).All.Inputs.ToArray());
        Assert.NotEqual(task.All.Inputs.ToArray(), client.Draw(new SeededGenerator(8)).All.Inputs.ToArray());
        Assert.Equal((10, 40), (task.Support.Count, task.Query.Count));
        var image = new float[64];
        for (var i = 0; i < records.Length; i++)
        {
            Set.Copy(records[i].Character, records[i].Drawer, records[i].Rotation, image);
            Assert.Equal(image, task.All.Inputs.Slice(i * 64, 64).ToArray());
            Assert.Equal(records[i].Class, task.All.Targets.Span[i]);
        }
    }

    [Fact]
    public void A_set_that_is_too_small_is_told_why()
    {
        Assert.Null(OmniglotClients.Problem(Set, 5));
        Assert.Contains("drawers are too few", OmniglotClients.Problem(Set, 8));
        Assert.Contains("for tests alone", OmniglotClients.Problem(With(a => a with { Sets = 3 }), 1));
        Assert.Contains("for training", OmniglotClients.Problem(With(a => a with { Sets = 2 }), 1));
        Assert.Contains("Upper has fewer", OmniglotClients.Problem(
            Set with { Characters = Set.Characters.RemoveRange(0, 3) }, 1));
    }

    private static CharacterSet With(Func<Alphabet, Alphabet> change) =>
        Set with { Alphabets = [.. Set.Alphabets.Select(change)] };

    private static IEnumerable<string> AlphabetsOf(Episodes episodes) =>
        Records(episodes).Select(r => Set.Alphabets[Set.Characters[r.Character].Alphabet].Name);

    private static List<Episodes.Record> Records(Episodes episodes) =>
        [.. Enumerable.Range(0, 200).SelectMany(i => episodes.DrawRecords(new SeededGenerator((ulong)i)))];
}

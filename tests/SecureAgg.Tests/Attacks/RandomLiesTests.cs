namespace FedMeta.SecureAgg.Tests;

/// <summary>A server that lies at random: every client gets shares of some of the others, a survivor list of its own or
/// one of a few, and whatever signatures there are. Afterwards every set of honest clients is tried.</summary>
public class RandomLiesTests
{
    private const int Rounds = 30;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_it_says_it_reads_one_sum_at_most_and_that_of_as_many_honest_clients_as_promised(bool product)
    {
        var sums = 0;
        for (var seed = 1; seed <= Rounds; seed++)
        {
            var (cohort, readable) = Play(seed, Cohort.Whole(product));
            if (readable.Count == 0) continue;
            sums++;
            var sum = Assert.Single(readable);
            Assert.Equal(cohort.SumOf(sum.Clients), sum.Read);
            var parameters = cohort.Context.Parameters;
            Assert.True(sum.Clients.Length >= parameters.Threshold - parameters.Colluders);
        }

        // Some rounds complete, or nothing would have been tried.
        Assert.InRange(sums, 3, Rounds - 3);
    }

    [Fact]
    public void The_same_lies_read_fewer_where_the_consistency_round_is_taken_out()
    {
        var broken = Enumerable.Range(1, Rounds).Count(seed =>
        {
            var (cohort, readable) = Play(seed, Weakness.NoConsistencyRound);
            var parameters = cohort.Context.Parameters;
            return readable.Any(sum => sum.Clients.Length < parameters.Threshold - parameters.Colluders);
        });
        Assert.InRange(broken, 3, Rounds);
    }

    private static (Cohort Cohort, List<(string[] Clients, uint[] Read)> Readable) Play(int seed, Weakness? weakness)
    {
        var random = new SeededRandom(seed);
        var colluding = random.Below(3);
        var members = 6 + random.Below(4);
        var threshold = Math.Max(((members + colluding) / 2) + 1, colluding + 2);
        var context = Consortium.Round(Consortium.Parameters(5, 20, members, threshold, colluding, 2), members);
        Assert.Empty(context.Validate());
        var colluders = Enumerable.Range(0, colluding).Select(Consortium.Id).ToList();
        var honest = context.Members.Keys.Except(colluders).Order(StringComparer.Ordinal).ToList();
        var cohort = new Cohort(context, weakness, colluders, seed: seed);
        var server = new MaliciousServer(cohort).Advertise();
        server.CollectAdvertised(id => Some(server.SharesFor(id)));
        var lists = Lists();
        server.Tell(id => colluders.Contains(id) ? null : lists(id));
        server.Tell(id => server.Told.TryGetValue(id, out var told) && !server.Refusals.ContainsKey(id)
            && weakness != Weakness.NoConsistencyRound ? server.Proof(told) : null);
        var readable = Sets(honest)
            .Select(set => (Clients: set, Read: server.Known.Read(set)))
            .Where(each => each.Read is not null)
            .Select(each => (each.Clients, each.Read!))
            .ToList();
        return (cohort, readable);

        // One round in three keeps a share or two from some client.
        SharesForClient Some(SharesForClient all) => random.Below(3 * members) > 0 || all.Shares.Count < threshold
            ? all
            : new([.. all.Shares.Where((_, i) => i != random.Below(all.Shares.Count))]);

        Func<string, SurvivorList> Lists()
        {
            var shuffled = honest.OrderBy(_ => random.NextUInt32()).ToList();
            var plan = SheddingPlan.Make(server.Sharers, [.. shuffled.Take(2)], threshold, colluders);
            var few = Enumerable.Range(0, 2).Select(_ => server.Without(
                server.Sharers.OrderBy(_ => random.NextUInt32()).Take(random.Below(members - threshold + 1)))).ToList();
            var kind = random.Below(3);
            return id => kind switch
            {
                0 => plan[id],
                1 => few[random.Below(2)],
                _ => few[0],
            };
        }
    }

    private static IEnumerable<string[]> Sets(List<string> all) => Enumerable.Range(1, (1 << all.Count) - 1)
        .Select(set => all.Where((_, i) => ((set >> i) & 1) == 1).ToArray());
}

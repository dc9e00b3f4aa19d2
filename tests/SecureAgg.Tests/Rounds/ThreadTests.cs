using System.Text.Json;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Neither what a client sends nor what the server finds depends on how many threads they may use.</summary>
public class ThreadTests
{
    private const string Liar = "site-002", Lost = "site-007";

    // A vector is a piece of mask stream at least, and the first is two: each of seven threads has a stretch.
    private static readonly VectorShape[] Shapes =
    [
        new("update", 4_103, 20),
        .. Enumerable.Range(1, 6).Select(i => new VectorShape($"v{i}", 3 + (5 * i), 8 * (i + 1))),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_number_of_threads_sends_the_same_bytes_and_finds_the_same(bool sparse)
    {
        var parameters = sparse
            ? Consortium.SparseParameters(44, 1, 4, Shapes)
            : new AggregationParameters(Shapes, 9, 6, 1, 2);
        var context = Consortium.Round(parameters, parameters.MaxClients);
        var (sent, one) = Play(context, 1);
        foreach (var threads in new[] { 2, 7 })
        {
            var (same, other) = Play(context, threads);
            Assert.Equal(sent, same);
            Assert.Equal(one.Conflicts, other.Conflicts);
            Assert.Equal(one.Culprits, other.Culprits);
            Assert.Equal(one.Sum.Select(Simulated.Entries), other.Sum.Select(Simulated.Entries));
        }

        Assert.NotEmpty(one.Conflicts);
        Assert.Equal([Liar], one.Culprits);
    }

    private static (List<string> Sent, ServerCompleted End) Play(RoundContext context, int threads)
    {
        var sent = new List<string>();
        var round = new Simulated(context, threads: threads);
        round.FromClient = (id, message) =>
        {
            sent.Add($"{id} {JsonSerializer.Serialize(message, message.GetType())}");
            return message switch
            {
                MaskedInputMessage when id == Lost => null,
                UnmaskShares opened when id == Liar =>
                    opened with { SeedShares = [.. opened.SeedShares.Select(Spoil)] },
                _ => message,
            };
        };
        round.ToTheEnd();
        round.AssertExact(round.Inputs.Keys.Where(id => id != Lost));
        return (sent, round.Completed);
    }

    private static OpenedShare Spoil(OpenedShare share)
    {
        var value = share.Value.ToArray();
        value[3] ^= 0x10;
        return share with { Value = value };
    }
}

namespace FedMeta.SecureAgg.Tests;

/// <summary>A stand-in from which nothing is taken out is the product's client: what a weakened one gives away is due
/// to its weakness.</summary>
public class StandInTests
{
    [Fact]
    public void Stand_ins_and_the_product_s_clients_play_a_round_with_the_product_s_server()
    {
        var context = Consortium.Round(6, 4);
        var random = new SeededRandom(2);
        var inputs = context.Members.Keys.ToDictionary(id => id, _ => PlainVector.Random(context, random));
        var clients = context.Members.Keys.Select((id, i) => i % 2 == 0
            ? (ClientActor)new WeakClient(context, id, [inputs[id]], random, Weakness.None)
            : new HonestClient(context, id, inputs[id], random)).ToDictionary(client => client.Id);
        ServerState server = ServerAdvertiseKeys.Start(context);
        var sent = clients.ToDictionary(each => each.Key, each => each.Value.Start()!);
        while (server.Phase != AggregationPhase.Ended)
        {
            foreach (var (id, message) in sent)
            {
                // One client of either kind drops out.
                var lost = message.Phase == AggregationPhase.CollectMaskedInput && id is "site-000" or "site-001";
                if (!lost) Assert.Null(server.Receive(id, message));
            }

            (server, var told) = server.Close();
            sent = told.ToDictionary(each => each.Key, each => clients[each.Key].Receive(each.Value)!);
        }

        var sum = Assert.IsType<ServerCompleted>(server);
        string[] included = ["site-002", "site-003", "site-004", "site-005"];
        Assert.Equal(included, sum.Included);
        Assert.Empty(sum.Conflicts);
        Assert.Equal(
            PlainVector.Sum(context, included.Select(id => inputs[id])), sum.Sum[0].Narrow.ToArray());
    }

    [Fact]
    public void What_the_product_uploads_is_its_input_under_the_masks_that_an_adversary_reckons_with()
    {
        var cohort = new Cohort(Consortium.Round(6, 4));
        var server = new MaliciousServer(cohort).Advertise();
        var keys = cohort.Clients.Keys.ToDictionary(id => id, cohort.SecretsOf);
        server.CollectAdvertised();
        foreach (var (id, (seed, maskKey)) in keys)
        {
            var masks = server.Known.PeersOf(id)
                .Select(peer => (
                    OpenKeys.PairMask(server.Agreed.Agreed, maskKey, peer), AgreedRoster.SignFor(id, peer)))
                .Append((seed, MaskSign.Add));
            var masked = cohort.Inputs[id].ToArray();
            PlainVector.Apply(cohort.Context, masked, masks);
            Assert.Equal(masked, server.Known.Uploaded(id));
        }
    }

    [Fact]
    public void Every_weakness_has_an_attack_that_needs_it()
    {
        var attacks = Directory.GetFiles(
            Path.Combine(FedMeta.Tests.Support.CheckoutFolder.Root, "tests/SecureAgg.Tests/Attacks"), "*.cs");
        var text = string.Concat(attacks.Select(File.ReadAllText));
        Assert.All(
            Enum.GetNames<Weakness>(), name => Assert.Contains($"{nameof(Weakness)}.{name}", text));
    }
}

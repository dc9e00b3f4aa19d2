namespace FedMeta.SecureAgg.Tests;

/// <summary>The attack that makes the consistency round necessary: n = 9, t = 5, no colluders, every client answers
/// once with one kind of share for each peer, and yet a server that shows different lists reads x1 + x2.</summary>
public class InconsistentViewTests
{
    private const int Members = 9;
    private const int Threshold = 5;
    private static readonly string[] Targets = ["site-000", "site-001"];

    [Fact]
    public void Without_the_consistency_round_the_server_reads_the_sum_of_two_clients()
    {
        var round = Delivered();
        var opened = Enumerable.Range(0, Members).ToDictionary(Consortium.Id, i => Weakened(round, i));
        var roster = Secrets.Reachable<AgreedRoster>(round.Clients[Targets[0]]).First();
        var contextHash = round.Context.ComputeHash();

        var sum = new uint[round.Context.Parameters.Vectors[0].Length];
        var masks = new MaskSum(20);
        foreach (var target in Targets)
        {
            RingPacking.AddPacked(((MaskedInputMessage)round.Sent[target]).Packed.Span, 20, sum);
            var commitment = roster.KeysOf(target).SeedCommitment;
            var seed = Rebuild(roster, target, opened, shares => shares.SeedShares, s =>
                commitment.Span.SequenceEqual(Statements.SeedCommitment(contextHash, target, s)));
            masks.Add(seed, MaskSign.Subtract);
        }

        foreach (var other in opened.Keys.Except(Targets))
        {
            var publicKey = roster.KeysOf(other).MaskPublicKey;
            var maskKey = Rebuild(roster, other, opened, shares => shares.MaskKeyShares, s =>
                publicKey.Span.SequenceEqual(X25519.PublicKey(s)));
            foreach (var target in Targets)
            {
                var (agreed, key) = (new byte[32], new byte[32]);
                X25519.TryAgree(maskKey, roster.KeysOf(target).MaskPublicKey.Span, agreed);
                PairKeys.DeriveMaskKey(agreed, roster.KeyContext, key);
                var applied = AgreedRoster.SignFor(target, other);
                masks.Add(key, applied == MaskSign.Add ? MaskSign.Subtract : MaskSign.Add);
            }
        }

        masks.ApplyTo(sum);
        Assert.Equal(
            round.ExpectedSum(Targets).Single(), Array.ConvertAll(sum, entry => (ulong)(entry & RingPacking.Mask(20))));
    }

    [Fact]
    public void With_it_no_client_opens_a_single_share()
    {
        var round = Delivered();
        var views = Enumerable.Range(0, Members).ToDictionary(Consortium.Id, View);
        var signatures = new List<SurvivorSignature>();
        foreach (var (id, view) in views)
        {
            var signed = round.Clients[id].Receive(view, Consortium.Now);
            signatures.Add(new(id, Assert.IsType<ConsistencySignature>(signed.Outgoing).Signature));
            round.Clients[id] = signed.State;
        }

        foreach (var (id, view) in views)
        {
            var proof = signatures.Where(each => view.Survivors.Contains(each.ClientId)).ToList();
            Assert.Equal(Threshold, proof.Count);
            var answer = round.Clients[id].Receive(new SignedSurvivorList(view.Survivors, proof), Consortium.Now);
            Assert.Null(answer.Outgoing);
            Assert.Equal(ClientRefusal.BadSurvivorSignature, answer.Refusal);
        }
    }

    [Fact]
    public void No_two_lists_can_both_gather_a_quorum_while_colluders_sign_twice()
    {
        // c colluders sign everything; every honest client signs one of two lists. 2t > n + c leaves one of them short.
        for (var n = 3; n <= 30; n++)
        {
            var t = AggregationParameters.DefaultThreshold(n);
            for (var c = 0; 3 * c < n; c++)
            {
                for (var first = 0; first <= n - c; first++) Assert.False(first + c >= t && n - c - first + c >= t);
            }
        }
    }

    private static Simulated Delivered()
    {
        var round = new Simulated(Consortium.Round(Members, Threshold)).Until(AggregationPhase.CollectMaskedInput);
        Assert.Empty(round.ClientRefusals);
        return round;
    }

    // Each list has five names with the receiver's among them; the targets are in all nine lists, everyone else in four
    // at most, so five or more clients open everyone else's mask key.
    private static SurvivorList View(int client)
    {
        int[] others = client switch
        {
            0 => [2, 3, 4],
            1 => [5, 6, 7],
            _ => [client, 2 + ((client - 1) % 7), 2 + (client % 7)],
        };
        var survivors = others.Append(0).Append(1).Order().Select(Consortium.Id).ToList();
        Assert.Contains(Consortium.Id(client), survivors);
        return new SurvivorList(survivors, [.. Enumerable.Range(0, Members).Select(Consortium.Id).Except(survivors)]);
    }

    // The client as it would be without phases 3 and 4's checks: it opens whatever one list asks for, once.
    private static UnmaskShares Weakened(Simulated round, int client)
    {
        var view = View(client);
        var held = Secrets.Reachable<HeldShares>(round.Clients[Consortium.Id(client)]).Single();
        var opened = held.Open(view.Survivors, view.Dropped);
        Assert.Empty(opened.SeedShares.Select(s => s.Owner).Intersect(opened.MaskKeyShares.Select(s => s.Owner)));
        return opened;
    }

    private static byte[] Rebuild(
        AgreedRoster roster,
        string owner,
        Dictionary<string, UnmaskShares> opened,
        Func<UnmaskShares, IReadOnlyList<OpenedShare>> kind,
        SecretProof proof)
    {
        var shares = opened
            .SelectMany(each => kind(each.Value)
                .Where(share => share.Owner == owner)
                .Select(share => new PlacedShare(roster.PlaceOf(each.Key), share.Value)))
            .ToList();
        Assert.True(shares.Count >= Threshold, $"{shares.Count} shares of {owner}");
        return SecretRecovery.Run(shares, Threshold, proof)!.Secret;
    }
}

namespace FedMeta.SecureAgg.Tests;

/// <summary>What a client of a sparse graph refuses in a roster of which it is shown its neighbourhood.</summary>
public class SparseRosterRefusalTests
{
    private static readonly RoundContext Context = Consortium.SparseRound(48, 1, 4);
    private readonly ClientCase _case = new(AggregationPhase.ShareKeys, Context);

    private Roster Shown => _case.Roster;

    private int Own => Shown.Entries.Index().Single(each => each.Item.ClientId == ClientCase.Self).Index;

    private int Other => Own == 0 ? 1 : 0;

    [Fact]
    public void The_honest_neighbourhood_is_answered_with_shares_for_every_neighbour_and_nobody_else()
    {
        var sent = Assert.IsType<ShareKeysMessage>(_case.Client.Receive(Shown, Consortium.Now).Outgoing);

        var neighbours = Shown.Entries.Select(entry => entry.ClientId).Where(id => id != ClientCase.Self);
        Assert.Equal(Context.Parameters.Graph!.Neighbours, sent.Shares.Count);
        Assert.Equal(neighbours, sent.Shares.Select(share => share.Peer));
    }

    [Fact, Covers(ClientRefusal.WrongNeighbours)]
    [Covers(DesignRefusal.NeighbourMissing)]
    public void A_neighbour_s_entry_that_is_missing_is_refused() =>
        _case.AssertRefused(ClientRefusal.WrongNeighbours, Without(Other));

    [Fact]
    [Covers(DesignRefusal.NeighbourDoubled)]
    public void A_neighbour_s_entry_that_stands_twice_is_refused() =>
        _case.AssertRefused(ClientRefusal.ListNotAscending, Shown with
        {
            Entries = [Shown.Entries[0], .. Shown.Entries],
            Proofs = [Shown.Proofs[0], .. Shown.Proofs],
        });

    [Fact]
    [Covers(DesignRefusal.NeighbourWrong)]
    public void Another_member_of_the_roster_in_a_neighbour_s_place_is_refused_though_it_is_proved()
    {
        var (entry, proof) = Stranger();
        var others = Shown.Entries.Zip(Shown.Proofs).Where((_, i) => i != Other);
        var exchanged = others.Append((entry, proof)).OrderBy(each => each.Item1.ClientId, StringComparer.Ordinal);
        _case.AssertRefused(ClientRefusal.WrongNeighbours, Shown with
        {
            Entries = [.. exchanged.Select(each => each.Item1)],
            Proofs = [.. exchanged.Select(each => each.Item2)],
        });
    }

    [Fact]
    public void A_stranger_beside_the_neighbours_is_refused_though_it_is_proved()
    {
        var (entry, proof) = Stranger();
        var more = Shown.Entries.Zip(Shown.Proofs).Append((entry, proof))
            .OrderBy(each => each.Item1.ClientId, StringComparer.Ordinal);
        _case.AssertRefused(ClientRefusal.WrongNeighbours, Shown with
        {
            Entries = [.. more.Select(each => each.Item1)],
            Proofs = [.. more.Select(each => each.Item2)],
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(49)]
    [InlineData(17)]
    public void Another_place_for_the_client_itself_is_refused(int place) =>
        _case.AssertRefused(ClientRefusal.WrongNeighbours, WithProof(Own, proof => proof with { Place = place }));

    [Fact]
    public void An_entry_without_a_proof_is_refused() =>
        _case.AssertRefused(ClientRefusal.WrongNeighbours, Shown with { Proofs = [.. Shown.Proofs.Skip(1)] });

    [Fact, Covers(ClientRefusal.BadInclusionProof)]
    [Covers(DesignRefusal.ProofBad)]
    public void A_path_that_does_not_lead_to_the_root_is_refused()
    {
        var paths = new Func<byte[], byte[]>[]
        {
            path => [(byte)(path[0] ^ 1), .. path[1..]],
            path => path[..^32],
            path => [.. path, .. new byte[32]],
            _ => [],
        };
        foreach (var change in paths)
        {
            var attempt = new SparseRosterRefusalTests();
            attempt._case.AssertRefused(
                ClientRefusal.BadInclusionProof,
                attempt.WithProof(attempt.Other, proof => proof with { Path = change(proof.Path.ToArray()) }));
        }
    }

    [Fact]
    public void An_entry_that_its_member_signed_anew_is_not_under_the_root_and_refused()
    {
        var nonce = new SeededRandom(5).Bytes(32);
        _case.AssertRefused(
            ClientRefusal.BadInclusionProof,
            _case.With(Other, e => _case.SignedByItsMember(e.ClientId, e.Keys with { Nonce = nonce })));
    }

    [Fact]
    public void A_key_in_a_neighbour_s_place_that_it_did_not_sign_is_refused() =>
        _case.AssertRefused(
            ClientRefusal.BadAdvertisementSignature,
            _case.With(Other, e => e with { Keys = e.Keys with { Nonce = new byte[32] } }));

    [Fact]
    [Covers(DesignRefusal.RootWrong)]
    public void A_root_of_another_roster_is_refused()
    {
        // The root draws the ring: another root gives other neighbours.
        _case.AssertRefused(ClientRefusal.WrongNeighbours, Shown with { Root = new byte[32] });
        var other = new SparseRosterRefusalTests();
        other._case.AssertRefused(ClientRefusal.MalformedMessage, other.Shown with { Root = new byte[31] });
    }

    [Theory]
    [InlineData(47, ClientRefusal.WrongNeighbours)]
    [InlineData(43, ClientRefusal.RosterTooSmall)]
    [InlineData(49, ClientRefusal.RosterTooLarge)]
    [Covers(DesignRefusal.CountWrong)]
    public void A_count_that_is_not_the_roster_s_is_refused(int count, ClientRefusal expected) =>
        _case.AssertRefused(expected, Shown with { Count = count });

    [Fact, Covers(ClientRefusal.GraphTooWeak)]
    public void A_roster_for_which_the_graph_is_too_weak_is_refused()
    {
        // Enough for 48 of 48; with 44 left the same neighbours are too many of those who remain.
        var parameters = Context.Parameters;
        var weak = parameters with { Graph = new SparseGraph(44, parameters.Graph!.Threshold + 8) };
        Assert.Empty(weak.Validate());
        Assert.Equal(RosterSizeProblem.GraphTooWeak, weak.CheckRoster(44));
        var attempt = new ClientCase(AggregationPhase.ShareKeys, Context with { Parameters = weak });
        attempt.AssertRefused(ClientRefusal.GraphTooWeak, attempt.Roster with { Count = 44 });
    }

    [Fact]
    [Covers(DesignRefusal.GraphForeign)]
    public void A_server_with_other_graph_parameters_is_refused()
    {
        var parameters = Context.Parameters;
        var foreign = Context with
        {
            Parameters = parameters with { Graph = parameters.Graph! with { Neighbours = 34 } },
        };
        _case.AssertRefused(ClientRefusal.ContextDiffers, Shown with { ContextHash = foreign.ComputeHash() });
    }

    [Fact]
    public void A_client_does_not_start_with_a_graph_that_is_too_weak()
    {
        var weak = Context with { Parameters = Context.Parameters with { Graph = new SparseGraph(6, 4) } };
        var transition = ClientAdvertiseKeys.Start(
            weak,
            ClientCase.Self,
            Consortium.Identity(1),
            Consortium.Zeros(weak.Parameters),
            new SeededRandom(1),
            null,
            Consortium.Now);
        Assert.Equal(ClientRefusal.InvalidContext, transition.Refusal);
    }

    // A genuine entry that is no neighbour, with its genuine proof, from a client that has it for a neighbour.
    private (RosterEntry Entry, InclusionProof Proof) Stranger()
    {
        var near = Shown.Entries.Select(entry => entry.ClientId).ToHashSet(StringComparer.Ordinal);
        return _case.Round.Announced.Values.Cast<Roster>()
            .SelectMany(roster => roster.Entries.Zip(roster.Proofs))
            .First(each => !near.Contains(each.First.ClientId));
    }

    private Roster Without(int index) => Shown with
    {
        Entries = [.. Shown.Entries.Where((_, i) => i != index)],
        Proofs = [.. Shown.Proofs.Where((_, i) => i != index)],
    };

    private Roster WithProof(int index, Func<InclusionProof, InclusionProof> change) =>
        Shown with { Proofs = [.. Shown.Proofs.Select((proof, i) => i == index ? change(proof) : proof)] };
}

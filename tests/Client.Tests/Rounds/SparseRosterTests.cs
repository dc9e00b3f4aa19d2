using System.Security.Cryptography;
using FedMeta.Protocol;
using FedMeta.SecureAgg;
using Google.Protobuf;
using ClientWire = FedMeta.Client.Agent.WireMessages;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>A hospital among so many that it is shown its neighbours only.</summary>
public sealed class SparseRosterTests : IDisposable
{
    private const int Others = 261, MinPeers = 250, Threshold = 200;

    private readonly List<(string Id, Identity Identity)> _others =
        [.. Enumerable.Range(0, Others).Select(i => ($"other-{i:000}", Identity.Create()))];

    private readonly TestFederation _federation;

    public SparseRosterTests()
    {
        var draft = TestStudy.Draft.Replace("threshold = 4\nmin_peers = 5",
            $"threshold = {Threshold}\nmin_peers = {Threshold}", StringComparison.Ordinal);
        _federation = new TestFederation(draft, hospitals: 1,
            _others.Select(each => new StudyMember(each.Id, each.Id, each.Identity.PublicKey)));
        File.WriteAllText(First.PolicyFilePath, $"min_peers = {MinPeers}\n");
        _federation.ApproveAll();
    }

    public void Dispose()
    {
        _federation.Dispose();
        foreach (var (_, identity) in _others) identity.Dispose();
    }

    private TestHospital First => _federation.Hospitals[0];

    [Fact]
    public async Task Peers_are_counted_over_the_whole_roster_and_not_among_the_neighbours_that_are_shown()
    {
        var instruction = await RosterAsync(Others);
        Assert.True(instruction.Roster.Entries.Count < MinPeers);
        await First.Participant.HandleAsync(instruction, default);
        var shares = First.Server.Messages[^1].ShareKeys;
        Assert.Equal(instruction.Roster.Entries.Count - 1, shares?.Shares.Count);
    }

    [Fact]
    public async Task A_whole_roster_below_the_policys_peers_is_refused_before_any_share_leaves()
    {
        await First.Participant.HandleAsync(await RosterAsync(MinPeers - 2), default);
        Assert.Equal($"the roster has {MinPeers - 1} hospitals and this one joins {MinPeers}",
            First.Refused("too-few-peers").Detail);
        Assert.DoesNotContain(First.Server.Messages, message => message.ShareKeys is not null);
    }

    [Fact]
    public async Task A_sparse_roster_is_the_same_behind_the_wire()
    {
        var sent = (await RosterAsync(Others)).Roster;
        var bytes = new V1.Instruction { Roster = sent }.ToByteArray();
        var read = Assert.IsType<Roster>(ClientWire.Read(V1.Instruction.Parser.ParseFrom(bytes)));
        Assert.Equal(Others + 1, read.Count);
        Assert.Equal(sent.Root.ToByteArray(), read.Root.ToArray());
        Assert.Equal(sent.ContextHash.ToByteArray(), read.ContextHash.ToArray());
        Assert.Equal(sent.Entries.Select(each => each.ClientId), read.Entries.Select(each => each.ClientId));
        Assert.Equal(sent.Proofs.Select(each => ((int)each.Place, Convert.ToHexString(each.Path.Span))),
            read.Proofs.Select(each => (each.Place, Convert.ToHexString(each.Path.Span))));
    }

    [Theory]
    [InlineData("RosterTooSmall", "a count of zero")]
    [InlineData("RosterTooLarge", "a huge count")]
    [InlineData("RosterTooLarge", "one more than the study has")]
    [InlineData("WrongNeighbours", "one fewer than there are")]
    [InlineData("MalformedMessage", "a short root")]
    [InlineData("WrongNeighbours", "no proofs")]
    [InlineData("WrongNeighbours", "place zero")]
    [InlineData("WrongNeighbours", "the own place behind the end")]
    [InlineData("WrongNeighbours", "a huge place")]
    [InlineData("BadInclusionProof", "an empty path")]
    [InlineData("BadInclusionProof", "a short path")]
    [InlineData("BadInclusionProof", "a path of half a hash")]
    [InlineData("BadInclusionProof", "a long path")]
    [InlineData("BadInclusionProof", "another path")]
    public async Task A_hostile_sparse_roster_is_refused_by_name(string refusal, string how)
    {
        var instruction = await RosterAsync(Others);
        Spoil(instruction.Roster, how);
        await First.Participant.HandleAsync(instruction, default);
        Assert.Equal(refusal, First.Refused("protocol-violation").Detail);
        Assert.DoesNotContain(First.Server.Messages, message => message.ShareKeys is not null);
    }

    private void Spoil(V1.Roster roster, string how)
    {
        var own = roster.Proofs[roster.Entries.IndexOf(roster.Entries.Single(each => each.ClientId == First.Id))];
        var path = roster.Proofs[3].Path;
        switch (how)
        {
            case "a count of zero": roster.Count = 0; break;
            case "a huge count": roster.Count = uint.MaxValue; break;
            case "one more than the study has": roster.Count++; break;
            case "one fewer than there are": roster.Count--; break;
            case "a short root": roster.Root = Cut(roster.Root, 31); break;
            case "no proofs": roster.Proofs.Clear(); break;
            case "place zero": roster.Proofs[0].Place = 0; break;
            case "the own place behind the end": own.Place = roster.Count + 1; break;
            case "a huge place": own.Place = uint.MaxValue; break;
            case "an empty path": roster.Proofs[3].Path = ByteString.Empty; break;
            case "a short path": roster.Proofs[3].Path = Cut(path, path.Length - 32); break;
            case "a path of half a hash": roster.Proofs[3].Path = Cut(path, path.Length - 16); break;
            case "a long path": roster.Proofs[3].Path = ByteString.CopyFrom([.. path, .. new byte[32]]); break;
            case "another path": roster.Proofs[3].Path = roster.Proofs[4].Path; break;
            default: throw new ArgumentException($"no such roster: {how}", nameof(how));
        }
    }

    private static ByteString Cut(ByteString bytes, int length) => ByteString.CopyFrom(bytes.Span[..length]);

    // The roster that an honest coordinator shows the hospital when the first of the others come.
    private async Task<V1.Instruction> RosterAsync(int others)
    {
        var start = _federation.Start(1);
        var shared = _federation.Context(start) with { Members = _federation.Study.Members };
        ServerState state = ServerAdvertiseKeys.Start(shared);
        await First.Participant.HandleAsync(start, default);
        Assert.Null(state.Receive(First.Id, CoordinatorWire.Read(First.Server.Messages[^1])));
        using var random = RandomNumberGenerator.Create();
        var (_, length, bits) = shared.Parameters.Vectors[0];
        foreach (var (id, identity) in _others.Take(others))
        {
            var begun = ClientAdvertiseKeys.Start(shared, id, identity.Key, [RingVector.Of(new uint[length], bits)],
                random, null, _federation.Now, threads: 1);
            using var left = begun.State;
            Assert.Null(state.Receive(id, begun.Outgoing!));
        }

        var instruction = CoordinatorWire.Write(state.Close().Outgoing[First.Id], First.Id);
        (instruction.Sequence, instruction.Round) = (2, start.Round);
        return instruction;
    }
}

using FedMeta.Client.Connection;
using FedMeta.Client.Ledger;
using FedMeta.Protocol;
using Google.Protobuf;

namespace FedMeta.Client.Tests.Rounds;

public sealed class HostileServerTests : IDisposable
{
    private readonly TestFederation _federation = new();

    public void Dispose() => _federation.Dispose();

    private TestHospital First => _federation.Hospitals[0];

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    [InlineData(3 << 20)]
    public async Task A_study_hash_of_another_length_neither_ends_the_agent_nor_fills_its_journal(int length)
    {
        _federation.ApproveAll();
        var before = First.JournalText.Length;
        var start = _federation.Start(1);
        start.Round.StudyHash = ByteString.CopyFrom(new byte[length]);
        await First.Participant.HandleAsync(start, default);
        Assert.InRange(First.JournalText.Length - before, 0, 2000);
    }

    [Fact]
    public async Task An_end_with_a_hash_of_another_length_neither_ends_the_agent_nor_fills_its_journal()
    {
        _federation.ApproveAll();
        await First.Participant.HandleAsync(_federation.Start(1), default);
        var before = First.JournalText.Length;
        await First.Participant.HandleAsync(
            new Protocol.V1.Instruction
            {
                Sequence = 2,
                Round = _federation.Id(1),
                End = new Protocol.V1.RoundEnd { ModelHash = ByteString.CopyFrom(new byte[3 << 20]) },
            },
            default);
        Assert.Contains(FactTypes.Ended, First.Facts);
        Assert.InRange(First.JournalText.Length - before, 1, 4000);
    }

    [Fact]
    public void Words_of_a_server_neither_move_the_cursor_nor_turn_the_line_around() =>
        Assert.Equal("a b c d e", Words.Clean("a\u001bb\u202ec\u2028d\u200be"));
}

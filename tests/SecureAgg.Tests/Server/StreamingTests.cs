namespace FedMeta.SecureAgg.Tests;

/// <summary>Masked inputs that arrive in pieces, break off, go on or are taken back.</summary>
public class StreamingTests
{
    private const string Self = "site-001";

    // Rings of every kind, lengths that are no multiple of anything: 8 + 93 + 43 + 56 bytes.
    private static readonly VectorShape[] Shapes =
        [new("flags", 5, 12), new("update", 37, 20), new("metrics", 8, 43), new("weights", 7, 64)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void An_input_in_pieces_of_any_length_is_in_the_sum_exactly(int piece)
    {
        var round = Fresh().Until(AggregationPhase.CollectMaskedInput);
        foreach (var id in round.Sent.Keys.ToList()) Upload(round, id, 0, piece);

        Assert.True(round.Server.IsComplete);
        round.Sent.Clear();
        round.ToTheEnd();
        round.AssertExact(round.Inputs.Keys);
    }

    [Fact]
    public void Uploads_that_run_beside_each_other_do_not_touch_each_other()
    {
        var round = Fresh().Until(AggregationPhase.CollectMaskedInput);
        var pieces = round.Sent.ToDictionary(
            each => each.Key, each => new Queue<MaskedInputChunk>(((MaskedInputMessage)each.Value).Chunks(0, 11)));
        var random = new SeededRandom(3);
        while (pieces.Values.Any(queue => queue.Count > 0))
        {
            var busy = pieces.Where(each => each.Value.Count > 0).ToList();
            var (id, queue) = busy[random.Below(busy.Count)];
            Assert.Null(round.Server.Receive(id, queue.Dequeue()));
        }

        round.Sent.Clear();
        round.ToTheEnd();
        round.AssertExact(round.Inputs.Keys);
    }

    [Fact]
    public void A_broken_upload_goes_on_where_it_broke()
    {
        var (round, server, input) = Half();
        Assert.Equal(100, server.UploadedBytes(Self));
        Assert.Equal(0, server.UploadedBytes("site-002"));
        Assert.Equal([Self], server.Uploading);
        Assert.DoesNotContain(Self, server.Received);

        foreach (var chunk in input.Chunks(server.UploadedBytes(Self), 50)) Assert.Null(server.Receive(Self, chunk));

        Assert.Equal(input.Packed.Length, server.UploadedBytes(Self));
        Assert.Empty(server.Uploading);
        Assert.Empty(input.Chunks(server.UploadedBytes(Self), 50));
        round.Sent.Remove(Self);
        round.ToTheEnd();
        round.AssertExact(round.Inputs.Keys);
    }

    [Fact]
    public void An_upload_that_was_abandoned_may_begin_again_and_counts_once()
    {
        var (round, server, input) = Half();
        server.Abandon(Self);
        server.Abandon(Self);
        server.Abandon("site-999");
        Assert.Equal(0, server.UploadedBytes(Self));
        Upload(round, Self, 0, 33);
        server.Abandon(Self);
        Assert.Equal(input.Packed.Length, server.UploadedBytes(Self));

        round.Sent.Remove(Self);
        round.ToTheEnd();
        round.AssertExact(round.Inputs.Keys);
    }

    [Fact]
    public void What_a_partial_upload_left_is_taken_off_the_sum_when_the_phase_closes()
    {
        for (var length = 1; length < 200; length += 13)
        {
            var (round, server, input) = Half(length);
            round.Sent.Remove(Self);
            round.ToTheEnd();
            round.AssertExact(round.Inputs.Keys.Where(id => id != Self));
            Assert.Throws<InvalidOperationException>(() => server.Abandon(Self));
        }
    }

    [Fact, Covers(ServerRefusal.WrongOffset)]
    public void A_piece_that_does_not_follow_the_ones_before_is_refused_and_not_added()
    {
        var (round, server, input) = Half();
        foreach (var offset in new long[] { 0, 99, 101, 200, -1, long.MaxValue })
        {
            Assert.Equal(
                ServerRefusal.WrongOffset, server.Receive(Self, new MaskedInputChunk(offset, new byte[10])));
        }

        Assert.Equal(ServerRefusal.WrongOffset, server.Receive(Self, input));
        Assert.Equal(100, server.UploadedBytes(Self));
        Upload(round, Self, 100, 64);
        round.Sent.Remove(Self);
        round.ToTheEnd();
        round.AssertExact(round.Inputs.Keys);
    }

    [Fact]
    public void A_piece_that_is_too_long_or_empty_is_refused_and_not_added()
    {
        var (round, server, input) = Half();
        var rest = input.Packed.Length - 100;
        Assert.Equal(ServerRefusal.WrongLength, server.Receive(Self, new MaskedInputChunk(100, new byte[rest + 1])));
        Assert.Equal(ServerRefusal.WrongLength, server.Receive(Self, new MaskedInputChunk(100, default)));
        Upload(round, Self, 100, 64);
        round.Sent.Remove(Self);
        round.ToTheEnd();
        round.AssertExact(round.Inputs.Keys);
    }

    [Fact]
    public void A_piece_behind_a_complete_input_is_refused()
    {
        var (round, server, _) = Half();
        Upload(round, Self, 100, 64);
        foreach (var offset in new long[] { 0, 100, 200 })
        {
            Assert.Equal(
                ServerRefusal.AlreadyReceived, server.Receive(Self, new MaskedInputChunk(offset, new byte[1])));
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(100)]
    [Covers(DesignRefusal.ServerPadding)]
    public void A_piece_with_bits_behind_the_end_of_any_vector_is_refused_whole(int last)
    {
        // The first vector's 60 bits end in byte 7, the second's 740 in byte 100.
        var round = Fresh().Until(AggregationPhase.CollectMaskedInput);
        var (server, input) = ((ServerCollectMaskedInput)round.Server, (MaskedInputMessage)round.Sent[Self]);
        var spoilt = input.Packed.ToArray();
        spoilt[last] |= 0x80;

        Assert.Null(server.Receive(Self, new MaskedInputChunk(0, spoilt.AsMemory(..last))));
        Assert.Equal(
            ServerRefusal.NonZeroPadding, server.Receive(Self, new MaskedInputChunk(last, spoilt.AsMemory(last, 20))));
        Assert.Equal(last, server.UploadedBytes(Self));
        Upload(round, Self, last, 64);
        round.Sent.Remove(Self);
        round.ToTheEnd();
        round.AssertExact(round.Inputs.Keys);
    }

    [Fact]
    public void Pieces_are_cut_to_length_from_any_offset()
    {
        var message = new MaskedInputMessage(new byte[] { 0, 1, 2, 3, 4, 5, 6 });
        Assert.Equal([(2L, 3), (5L, 2)], message.Chunks(2, 3).Select(c => (c.Offset, c.Bytes.Length)));
        Assert.Equal([2, 3, 4, 5, 6], message.Chunks(2, 3).SelectMany(c => c.Bytes.ToArray()).Select(b => (int)b));
        Assert.Throws<ArgumentOutOfRangeException>(() => message.Chunks(8, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => message.Chunks(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => message.Chunks(0, 0));
    }

    private static Simulated Fresh() =>
        new(Consortium.Round(new AggregationParameters(Shapes, 6, 4, 0, 2), 6));

    private static (Simulated Round, ServerCollectMaskedInput Server, MaskedInputMessage Input) Half(int length = 100)
    {
        var round = Fresh().Until(AggregationPhase.CollectMaskedInput);
        var (server, input) = ((ServerCollectMaskedInput)round.Server, (MaskedInputMessage)round.Sent[Self]);
        Assert.Null(server.Receive(Self, new MaskedInputChunk(0, input.Packed[..length])));
        return (round, server, input);
    }

    private static void Upload(Simulated round, string id, long from, int piece)
    {
        foreach (var chunk in ((MaskedInputMessage)round.Sent[id]).Chunks(from, piece))
        {
            Assert.Null(round.Server.Receive(id, chunk));
        }
    }
}

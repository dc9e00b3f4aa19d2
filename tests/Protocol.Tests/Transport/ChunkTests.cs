using FsCheck.Fluent;
using Google.Protobuf;

namespace FedMeta.Protocol.Tests;

public class ChunkTests
{
    private const int Max = 1 << 20;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ChunkSplitter.ChunkBytes - 1)]
    [InlineData(ChunkSplitter.ChunkBytes)]
    [InlineData(ChunkSplitter.ChunkBytes + 1)]
    [InlineData(3 * ChunkSplitter.ChunkBytes)]
    public void What_was_cut_is_whole_again(int length)
    {
        var content = Content(length);
        var assembler = new ChunkAssembler(0, Max);
        foreach (var chunk in ChunkSplitter.Split(content))
        {
            Assert.InRange(chunk.Data.Length, 0, ChunkSplitter.ChunkBytes);
            Assert.Null(assembler.Add(V1.Chunk.Parser.ParseFrom(chunk.ToByteArray())));
        }

        Assert.True(assembler.TryFinish(out var again, out _));
        Assert.Equal(content, again);
    }

    [Fact]
    public void Sending_goes_on_where_it_was_cut_off()
    {
        var content = Content(3 * ChunkSplitter.ChunkBytes);
        var assembler = new ChunkAssembler(0, Max);
        Assert.Null(assembler.Add(ChunkSplitter.Split(content).First()));
        foreach (var chunk in ChunkSplitter.Split(content, assembler.Length)) Assert.Null(assembler.Add(chunk));
        Assert.True(assembler.TryFinish(out var again, out _));
        Assert.Equal(content, again);
    }

    [Fact]
    public void Gaps_overlaps_and_false_totals_are_refused()
    {
        (V1.Chunk[] Chunks, ChunkRefusal Refusal)[] hostile =
        [
            ([Chunk(0, 6, 3)], ChunkRefusal.Incomplete),
            ([Chunk(1, 6, 3)], ChunkRefusal.OutOfOrder),
            ([Chunk(0, 6, 3), Chunk(4, 6, 2)], ChunkRefusal.OutOfOrder),
            ([Chunk(0, 6, 3), Chunk(2, 6, 4)], ChunkRefusal.OutOfOrder),
            ([Chunk(0, 6, 3), Chunk(0, 6, 3)], ChunkRefusal.OutOfOrder),
            ([Chunk(0, 6, 3), Chunk(3, 7, 3)], ChunkRefusal.TotalChanged),
            ([Chunk(0, 6, 7)], ChunkRefusal.TooMuch),
            ([Chunk(0, 6, 3), Chunk(3, 6, 4)], ChunkRefusal.TooMuch),
            ([Chunk(0, 6, 6), Chunk(6, 6, 1)], ChunkRefusal.TooMuch),
            ([Chunk(0, 6, 0)], ChunkRefusal.WrongLength),
            ([Chunk(0, Max, ChunkSplitter.ChunkBytes + 1)], ChunkRefusal.WrongLength),
            ([Chunk(0, Max + 1, 1)], ChunkRefusal.WrongTotal),
            ([Chunk(0, ulong.MaxValue, 1)], ChunkRefusal.WrongTotal),
            ([Chunk(ulong.MaxValue, 6, 1)], ChunkRefusal.OutOfOrder),
            ([Chunk(0, 2, 1)], ChunkRefusal.WrongTotal),
            ([], ChunkRefusal.Incomplete),
        ];
        foreach (var (chunks, refusal) in hostile)
        {
            var assembler = new ChunkAssembler(3, Max);
            var last = chunks.Select(assembler.Add).ToList().LastOrDefault();
            Assert.True(last == refusal || refusal == ChunkRefusal.Incomplete, $"{last} is not {refusal}");
            Assert.False(assembler.TryFinish(out var content, out var found));
            Assert.Equal(refusal, found);
            Assert.Null(content);
        }
    }

    [Fact]
    public void A_refused_chunk_refuses_the_whole()
    {
        var assembler = new ChunkAssembler(0, Max);
        Assert.Null(assembler.Add(Chunk(0, 6, 3)));
        Assert.Equal(ChunkRefusal.OutOfOrder, assembler.Add(Chunk(4, 6, 2)));
        Assert.Equal(ChunkRefusal.OutOfOrder, assembler.Add(Chunk(3, 6, 3)));
        Assert.False(assembler.TryFinish(out _, out _));
    }

    [Fact]
    public void A_second_empty_chunk_is_refused()
    {
        var assembler = new ChunkAssembler(0, Max);
        Assert.Null(assembler.Add(Chunk(0, 0, 0)));
        Assert.Equal(ChunkRefusal.WrongLength, assembler.Add(Chunk(0, 0, 0)));
    }

    [Fact]
    public void Memory_grows_with_what_arrives_and_not_with_what_is_announced()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) new ChunkAssembler(0, 1 << 30).Add(Chunk(0, 1 << 30, 1));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Whatever_arrives_the_whole_is_never_longer_than_allowed()
    {
        var chunks = (from offset in Gen.Choose(0, 12)
                      from total in Gen.Choose(0, 12)
                      from length in Gen.Choose(0, 6)
                      select Chunk((ulong)offset, (ulong)total, length)).ListOf(4);
        Properties.Holds(chunks, list =>
        {
            var assembler = new ChunkAssembler(2, 10);
            var taken = list.TakeWhile(chunk => assembler.Add(chunk) is null).Sum(chunk => chunk.Data.Length);
            return assembler.Length == taken && taken <= 10
                && (!assembler.TryFinish(out var content, out _) || (content.Length == taken && taken >= 2));
        }, 2000);
    }

    private static V1.Chunk Chunk(ulong offset, ulong total, int length) =>
        new() { Offset = offset, Total = total, Data = ByteString.CopyFrom(new byte[length]) };

    private static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 >> 3))];
}

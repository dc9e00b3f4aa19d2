using FedMeta.Simulation.Reproduce.Omniglot;
using FedMeta.Tests.Support;

namespace FedMeta.Simulation.Tests.Reproduce.Omniglot;

public sealed class CharacterSetReaderTests
{
    [Fact]
    public void Alphabets_characters_and_images_come_back_as_they_were_packed()
    {
        var set = PackedSet.Read();

        Assert.Equal(PackedSet.Alphabets, set.Alphabets.Select(a => (a.Name, a.Sets)));
        Assert.Equal((30, 10, 8), (set.Characters.Length, set.Drawers, set.Side));
        Assert.Equal(new Character(2, 3), set.Characters[14]);
        var pixels = new float[64];
        set.Copy(14, 9, 0, pixels);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 0], pixels[..8]);
        Assert.Equal([0, 0, 0, 0, 1, 0, 0, 1], pixels[8..16]);
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0], pixels[16..24]);
        Assert.Equal(1, pixels[63]);
    }

    [Fact]
    public void Four_quarter_turns_are_none_and_one_moves_the_right_edge_to_the_top()
    {
        var set = PackedSet.Read();
        var (upright, turned) = (new float[64], new float[64]);
        set.Copy(14, 9, 0, upright);
        for (var turns = 0; turns < 4; turns++)
        {
            set.Copy(14, 9, turns, turned);
            for (var y = 0; y < 8; y++)
                for (var x = 0; x < 8; x++)
                {
                    var (toY, toX) = (y, x);
                    for (var i = 0; i < turns; i++) (toY, toX) = (7 - toX, toY);
                    Assert.Equal(upright[y * 8 + x], turned[toY * 8 + toX]);
                }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => set.Copy(14, 9, 4, turned));
    }

    [Fact]
    public void A_file_that_ends_anywhere_is_refused()
    {
        var bytes = PackedSet.Bytes();
        foreach (var length in Enumerable.Range(0, 220).Append(bytes.Length - 1))
            Assert.NotNull(CharacterSetReader.Read(PackedSet.Packed(bytes[..length])).Refusal);
        var packed = PackedSet.Packed(bytes).ToArray();
        for (var length = 0; length < packed.Length / 2; length += 7)
            Assert.NotNull(CharacterSetReader.Read(new MemoryStream(packed, 0, length)).Refusal);
    }

    [Theory]
    [InlineData(4, 0, "alphabets")]
    [InlineData(4, 65535, "alphabets")]
    [InlineData(6, 0, "characters")]
    [InlineData(6, 65535, "characters")]
    [InlineData(8, 0, "drawers")]
    [InlineData(8, 65535, "drawers")]
    [InlineData(10, 7, "side")]
    [InlineData(10, 65535, "side")]
    [InlineData(8, 11, "ends inside the images")]
    [InlineData(8, 9, "bytes follow")]
    [InlineData(6, 29, "bytes follow")]
    public void Counts_that_are_not_those_of_the_file_are_refused(int at, int value, string why) =>
        Assert.Contains(why, CharacterSetReader.Read(PackedSet.Packed(PackedSet.WithHeader(at, value))).Refusal);

    [Fact]
    public void Counts_that_are_allowed_one_by_one_and_huge_together_are_refused_before_memory_is_taken()
    {
        var bytes = PackedSet.WithHeader(6, 10_000);
        (bytes[8], bytes[10]) = (100, 64);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("more than", CharacterSetReader.Read(PackedSet.Packed(bytes)).Refusal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Another_magic_a_repeated_character_or_alphabet_and_a_strange_set_are_refused()
    {
        void Refused(string why, int at, params byte[] change)
        {
            var bytes = PackedSet.Bytes();
            change.CopyTo(bytes, at);
            Assert.Contains(why, CharacterSetReader.Read(PackedSet.Packed(bytes)).Refusal);
        }

        var list = 12 + PackedSet.Alphabets.Sum(a => a.Name.Length + 2);
        Refused("OMG1", 0, (byte)'P');
        Refused("twice", list + 4, 0, 0, 1, 0);
        Refused("not there", list, 5, 0);
        Refused("sets 0", 12 + 6, 0);
        Refused("sets 9", 12 + 6, 9);
        Refused("no such name", 13, 0x1b);
        Refused("named like", 12 + 7 + 8, "\u0005Upper"u8.ToArray());
        Assert.Contains("gzip", CharacterSetReader.Read(new MemoryStream(PackedSet.Bytes())).Refusal);
    }

    [SharedFact("data/omniglot/omniglot28.bin.gz")]
    public void The_published_file_has_136_characters_for_training_and_106_for_tests()
    {
        var set = OmniglotCommand.Read(SharedFolder.Find("data/omniglot/omniglot28.bin.gz")!);

        Assert.Equal((8, 242, 20, 28), (set.Alphabets.Length, set.Characters.Length, set.Drawers, set.Side));
        Assert.Equal(136, set.CharactersOf(a => a.IsTraining).Count);
        Assert.Equal(106, set.CharactersOf(a => a.IsTest).Count);
        Assert.Empty(set.Alphabets.Where(a => a.IsTraining && a.IsTest));
        Assert.Equal((5525, 109_061), (OmniglotRow.All[0].Spec(28).ParameterCount,
            OmniglotRow.All.First(r => r.Net == "mlp").Spec(28).ParameterCount));
    }
}

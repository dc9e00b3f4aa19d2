namespace FedMeta.SecureAgg.Tests;

public class PackedLayoutTests
{
    private static readonly VectorShape[] Shapes =
    [
        new("update", 13, 20),
        new("weights", 1, 33),
        new("counts", 5, 9),
    ];

    [Fact]
    public void Vectors_stand_one_behind_the_other_each_from_a_byte_on()
    {
        var layout = new PackedLayout(Shapes);

        Assert.Equal([0, 33, 38, 44], Enumerable.Range(0, 4).Select(layout.StartOf));
        Assert.Equal(44, layout.Length);
        Assert.Equal(44, RingPacking.PackedLength(Shapes));
        Assert.Equal(3L << 29, new PackedLayout([.. Enumerable.Repeat(new VectorShape("v", 1 << 28, 24), 2)]).Length);
    }

    [Fact]
    public void Vectors_packed_together_are_each_packed_alone_and_come_apart_again()
    {
        var random = new SeededRandom(41);
        var vectors = Shapes.Select(shape => RandomVectors.Words(random, shape.Length, shape.RingBits)).ToList();

        var packed = RingPacking.Pack(vectors);

        Assert.Equal(vectors.SelectMany(ReferencePacking.Pack), packed);
        var unpacked = RingPacking.Unpack(packed, Shapes);
        for (var i = 0; i < vectors.Count; i++)
        {
            vectors[i].Reduce();
            RandomVectors.AssertEqual(vectors[i], unpacked[i]);
        }

        Assert.Throws<ArgumentException>(() => RingPacking.Unpack(packed.AsSpan(1), Shapes));
    }
}

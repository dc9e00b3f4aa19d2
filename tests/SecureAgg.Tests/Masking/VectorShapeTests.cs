namespace FedMeta.SecureAgg.Tests;

public class VectorShapeTests
{
    [Theory]
    [InlineData("update", 1, 8, true)]
    [InlineData("a-9", 1 << 28, 64, true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz-01234", 1, 8, true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz-012345", 1, 8, false)]
    [InlineData("", 1, 8, false)]
    [InlineData("Update", 1, 8, false)]
    [InlineData("ä", 1, 8, false)]
    [InlineData("a b", 1, 8, false)]
    [InlineData("update", 0, 8, false)]
    [InlineData("update", (1 << 28) + 1, 8, false)]
    [InlineData("update", 1, 7, false)]
    [InlineData("update", 1, 65, false)]
    public void A_shape_has_a_plain_name_a_length_and_a_width_in_range(string name, int length, int bits, bool valid) =>
        Assert.Equal(valid, new VectorShape(name, length, bits).IsValid);
}

using System.Text;
using FsCheck.Fluent;

namespace FedMeta.Protocol.Tests;

public class CanonicalTomlTests
{
    [Theory]
    [InlineData(3, "3.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-5, "1e-5")]
    [InlineData(-2.5e-300, "-2.5e-300")]
    [InlineData(1e300, "1e300")]
    [InlineData(double.MaxValue, "1.7976931348623157e308")]
    [InlineData(double.Epsilon, "5e-324")]
    public void A_number_has_the_fewest_digits_that_give_it_back(double value, string text) =>
        Assert.Equal(text, CanonicalToml.Number(value));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "1s")]
    [InlineData(90, "90s")]
    [InlineData(300, "5m")]
    [InlineData(7200, "2h")]
    [InlineData(86400, "1d")]
    [InlineData(90000, "25h")]
    public void A_duration_has_the_largest_whole_unit(int seconds, string text) =>
        Assert.Equal(text, CanonicalToml.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Values_that_have_no_spelling_are_misuse()
    {
        Assert.Throws<ArgumentException>(() => CanonicalToml.Number(double.NaN));
        Assert.Throws<ArgumentException>(() => CanonicalToml.Number(double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => CanonicalToml.Duration(TimeSpan.FromMilliseconds(1)));
        Assert.Throws<ArgumentException>(() => CanonicalToml.Key(""));
    }

    [Fact]
    public void Every_finite_number_comes_back_exactly()
    {
        var bits = from high in Gen.Choose(int.MinValue, int.MaxValue)
                   from low in Gen.Choose(int.MinValue, int.MaxValue)
                   select BitConverter.Int64BitsToDouble(((long)high << 32) | (uint)low);
        Properties.Holds(bits.Where(double.IsFinite), value => Read(CanonicalToml.Number(value)) is TomlNumber read
            && BitConverter.DoubleToInt64Bits(read.Value) == BitConverter.DoubleToInt64Bits(value), 2000);
    }

    [Fact]
    public void Every_text_comes_back_exactly_in_one_visible_line()
    {
        Properties.Holds(Properties.Text(40).Where(IsWellFormed), value =>
        {
            var text = CanonicalToml.Text(value);
            return Read(text) is TomlText read && read.Value == value && PlainText.IsVisible(text);
        }, 1000);
    }

    [Fact]
    public void Every_key_comes_back_exactly()
    {
        Properties.Holds(Properties.Text(40).Where(text => text.Length > 0 && IsWellFormed(text)), key =>
        {
            var problems = new List<DocumentProblem>();
            var root = TomlReader.Read(Encoding.UTF8.GetBytes($"{CanonicalToml.Key(key)} = 1"), problems);
            return problems.Count == 0 && root.Keys.Single() == key;
        });
    }

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(rune => rune.Value != 0xFFFD);

    private static TomlValue Read(string value)
    {
        var problems = new List<DocumentProblem>();
        var root = TomlReader.Read(Encoding.UTF8.GetBytes($"k = {value}\n"), problems);
        Assert.Empty(problems);
        return root["k"];
    }
}

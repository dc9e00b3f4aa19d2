namespace FedMeta.Privacy.Tests.Mechanism;

public class SamplingRateTests
{
    [Fact]
    public void Every_rate_has_one_text_and_one_double_and_comes_back_from_both()
    {
        for (var millionths = 1; millionths <= SamplingRate.Parts; millionths += millionths < 5000 ? 1 : 997)
        {
            var rate = SamplingRate.FromMillionths(millionths);
            Assert.True(SamplingRate.TryParse(rate.ToString(), out var parsed));
            Assert.True(SamplingRate.TryFrom(rate.ToDouble(), out var read));
            Assert.Equal(rate, parsed);
            Assert.Equal(rate, read);
            var (numerator, denominator) = rate.LowestTerms();
            Assert.Equal((long)millionths * denominator, (long)numerator * SamplingRate.Parts);
        }

        Assert.Equal("0.05", SamplingRate.FromMillionths(50_000).ToString());
        Assert.Equal((1, 20), SamplingRate.FromMillionths(50_000).LowestTerms());
    }

    [Fact]
    public void The_default_is_everyone()
    {
        Assert.Equal(SamplingRate.One, default);
        Assert.Equal((1_000_000, false, "1"), (default(SamplingRate).Millionths, default(SamplingRate).IsSampled,
            default(SamplingRate).ToString()));
        Assert.True(SamplingRate.TryFrom(1, out var one) && one == SamplingRate.One);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.0")]
    [InlineData("0.050")]
    [InlineData(".05")]
    [InlineData("0.0000001")]
    [InlineData("1.000001")]
    [InlineData("-0.5")]
    [InlineData("5e-2")]
    [InlineData(" 0.5")]
    [InlineData("")]
    [InlineData(null)]
    public void Any_other_text_is_refused(string? text) => Assert.False(SamplingRate.TryParse(text, out _));

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1.5)]
    [InlineData(0.12345678)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Any_other_number_is_refused(double value)
    {
        Assert.False(SamplingRate.TryFrom(value, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplingRate.FromMillionths(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplingRate.FromMillionths(1_000_001));
    }
}

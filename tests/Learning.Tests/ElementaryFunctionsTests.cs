using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FedMeta.Learning.Tests;

public class ElementaryFunctionsTests
{
    private static readonly Arbitrary<double> Range =
        Gen.Choose(-2_000_000, 2_000_000).Select(i => i / 1e5).ToArbitrary();

    [Fact]
    public void Exp_log_and_tanh_are_within_a_few_units_in_the_last_place() => Check.QuickThrowOnFailure(
        Prop.ForAll(Range, x =>
            Close(ElementaryFunctions.Exp(x), Math.Exp(x))
            && Close(ElementaryFunctions.Exp(30 * x), Math.Exp(30 * x))
            && Close(ElementaryFunctions.Tanh(x), Math.Tanh(x))
            && Close(ElementaryFunctions.Tanh(x / 1e6), Math.Tanh(x / 1e6))
            && (x <= 0 || Close(ElementaryFunctions.Log(x), Math.Log(x)))
            && (x <= 0 || Close(ElementaryFunctions.Log(1 + x / 1e4), Math.Log(1 + x / 1e4)))
            && Close(ElementaryFunctions.LogOnePlus(Math.Abs(x) / 1e9), Math.Abs(x) / 1e9, 2e-4)
            && Close(ElementaryFunctions.Sigmoid(x), 1 / (1 + Math.Exp(-x)))));

    [Fact]
    public void The_ends_of_the_range_are_as_they_should_be()
    {
        Assert.Equal(0, ElementaryFunctions.Exp(-1e9));
        Assert.Equal(double.PositiveInfinity, ElementaryFunctions.Exp(710));
        Assert.Equal(1, ElementaryFunctions.Exp(0));
        Assert.Equal(Math.Exp(-745), ElementaryFunctions.Exp(-745));
        Assert.Equal(double.NegativeInfinity, ElementaryFunctions.Log(0));
        Assert.Equal(0, ElementaryFunctions.Log(1));
        Assert.Equal(double.NaN, ElementaryFunctions.Log(-1));
        Assert.Equal(Math.Log(5e-324), ElementaryFunctions.Log(5e-324), 11);
        Assert.Equal(double.NaN, ElementaryFunctions.Tanh(double.NaN));
        Assert.Equal(-1, ElementaryFunctions.Tanh(-400));
        Assert.Equal(0, ElementaryFunctions.Tanh(0));
        Assert.Equal(0, ElementaryFunctions.Sigmoid(-800));
        Assert.Equal(800, ElementaryFunctions.Softplus(800));
        Assert.Equal(double.NaN, ElementaryFunctions.Exp(double.NaN));
    }

    [Fact]
    public void A_number_has_the_same_bits_alone_and_in_a_span_of_any_length()
    {
        for (var length = 0; length < 30; length++)
        {
            double[] x = [.. Enumerable.Range(0, length).Select(i => (i * 0.37) - 4)];
            float[] single = [.. x.Select(number => (float)number)];
            var result = new double[length];
            var singleResult = new float[length];
            ElementaryFunctions.Tanh<double>(x, result);
            Assert.Equal(x.Select(ElementaryFunctions.Tanh), result);
            ElementaryFunctions.Sigmoid<double>(x, result);
            Assert.Equal(x.Select(ElementaryFunctions.Sigmoid), result);
            ElementaryFunctions.Tanh<float>(single, singleResult);
            Assert.Equal(single.Select(number => (float)ElementaryFunctions.Tanh(number)), singleResult);
        }
    }

    private static bool Close(double ours, double theirs, double tolerance = 1e-15) =>
        Math.Abs(ours - theirs) <= tolerance * Math.Abs(theirs) + 1e-320;
}

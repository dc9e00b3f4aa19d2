namespace FedMeta.Privacy.Tests.Accounting.PrivacyLoss;

public class RealFourierTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(512)]
    [InlineData(1024)]
    public void It_is_the_sum_over_roots_of_unity_within_its_stated_error(int length)
    {
        var values = Values(length);
        var fourier = new RealFourier(length);
        var (real, imaginary) = fourier.Forward(values);
        Assert.Equal((length / 2) + 1, real.Length);
        for (var k = 0; k <= length / 2; k++)
        {
            var (re, im) = (0.0, 0.0);
            for (var j = 0; j < length; j++)
            {
                var angle = 2 * Math.PI * (j * (long)k % length) / length;
                re += values[j] * Math.Cos(angle);
                im -= values[j] * Math.Sin(angle);
            }

            // The plain sum on this side has its own errors.
            Assert.Equal(re, real[k], fourier.Error + (length * 1e-17));
            Assert.Equal(im, imaginary[k], fourier.Error + (length * 1e-17));
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(4096)]
    [InlineData(131072)]
    public void There_and_back_gives_the_same_numbers(int length)
    {
        var values = Values(length);
        var fourier = new RealFourier(length);
        var (real, imaginary) = fourier.Forward(values);
        var back = fourier.Inverse(real, imaginary);
        for (var i = 0; i < length; i++) Assert.Equal(values[i], back[i], 2 * fourier.Error);
    }

    [Fact]
    public void Only_powers_of_two_are_taken()
    {
        foreach (var length in new[] { 0, 1, 4, 12, 1000, -8 })
            Assert.Throws<ArgumentOutOfRangeException>(() => new RealFourier(length));
        Assert.Throws<ArgumentException>(() => new RealFourier(16).Forward(new double[8]));
    }

    private static double[] Values(int length)
    {
        var values = new double[length];
        for (var i = 0; i < length; i++) values[i] = Math.Abs(Math.Sin((i * 12.9898) + 4.1414));
        var sum = values.Sum();
        for (var i = 0; i < length; i++) values[i] /= sum;
        return values;
    }
}

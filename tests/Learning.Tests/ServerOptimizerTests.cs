using Xunit;

namespace FedMeta.Learning.Tests;

public class ServerOptimizerTests
{
    [Theory]
    [InlineData("adam")]
    [InlineData("fedadam")]
    [InlineData("fedyogi")]
    [InlineData("fedadagrad")]
    public void Known_noise_does_not_shrink_an_adaptive_step(string name)
    {
        var settings = new ServerOptimizerSettings(name, 0.1, 0, 0.9, 0.01);
        var (aware, unaware, without) = (Travel(settings, 3, 9), Travel(settings, 3, 0), Travel(settings, 0, 0));
        // The signal is 0.3 in every step; noise of standard deviation 3 drowns it where v keeps the noise.
        Assert.True(unaware < without / 2, $"{unaware} {without}");
        Assert.True(aware > 1.5 * unaware, $"{aware} {unaware}");
    }

    /// <summary>A weak signal of 0.05, noise up to twenty times as large: the state moves no less than without
    /// noise.</summary>
    [Theory]
    [InlineData("adam")]
    [InlineData("fedadam")]
    [InlineData("fedyogi")]
    [InlineData("fedadagrad")]
    public void Progress_does_not_shrink_as_noise_grows(string name)
    {
        var settings = new ServerOptimizerSettings(name, 0.1, 0.9, 0.99, 0.01);
        double Progress(double noise) => Travel(settings, noise, noise * noise, signal: 0.05, steps: 300);
        var without = Progress(0);
        foreach (var noise in (double[])[0.05, 0.2, 1]) Assert.True(Progress(noise) > 0.9 * without, $"{name} {noise}");
        Assert.True(Travel(settings, 1, 0, signal: 0.05, steps: 300) < without / 3);
    }

    /// <summary>Noise alone, its variance changing on the way: what is taken out is what has gathered.</summary>
    [Theory]
    [InlineData("adam")]
    [InlineData("fedadam")]
    [InlineData("fedyogi")]
    [InlineData("fedadagrad")]
    public void What_is_taken_out_is_what_the_noise_has_left_in_the_second_moment(string name)
    {
        const int coordinates = 4000;
        var settings = new ServerOptimizerSettings(name, 0.1, 0.9, 0.95, 0.01);
        var optimizer = ServerOptimizer.Create(settings, coordinates);
        var generator = new SeededGenerator(5);
        var (state, update) = (new double[coordinates], new double[coordinates]);
        for (var step = 0; step < 200; step++)
        {
            var noise = step < 120 ? 2.0 : 1.0;
            for (var i = 0; i < coordinates; i++) update[i] = noise * generator.NextNormal();
            optimizer.Step(state, update, noise * noise);
            if (step is not (5 or 40 or 119 or 199)) continue;
            var saved = optimizer.Save();
            var gathered = System.Buffers.Binary.BinaryPrimitives.ReadDoubleLittleEndian(saved.AsSpan(16));
            var mean = 0.0;
            for (var i = 0; i < coordinates; i++)
            {
                mean += System.Buffers.Binary.BinaryPrimitives.ReadDoubleLittleEndian(
                    saved.AsSpan(24 + (16 * i) + 8)) / coordinates;
            }

            Assert.InRange(gathered / mean, 0.9, 1.1);
        }
    }

    [Theory]
    [InlineData(0.1, 0.0081625763)]
    [InlineData(1, 0.1987480431)]
    [InlineData(2.3659738843753377, 0.5)]
    [InlineData(30, 0.9999986199)]
    [InlineData(200, 1)]
    public void The_distribution_of_three_squares_is_the_textbooks(double w, double expected) =>
        Assert.Equal(expected, GatheredNoise.ChiSquareThree(w), 1e-9);

    [Fact]
    public void A_restored_optimizer_goes_on_with_the_noise_that_had_gathered()
    {
        var settings = new ServerOptimizerSettings("fedadam", 0.1);
        var (one, two) = (new double[] { 1, 2 }, new double[] { 1, 2 });
        var first = ServerOptimizer.Create(settings, 2);
        first.Step(one, [1, -2], 0.5);
        first.Step(two, [1, -2], 0.5);
        (one, two) = ([1, 2], [1, 2]);
        var second = ServerOptimizer.Restore(settings, 2, first.Save())!;
        first.Step(one, [3, 1], 0.1);
        second.Step(two, [3, 1], 0.1);
        Assert.Equal(one, two);
    }

    [Fact]
    public void A_second_moment_below_the_noise_is_held_at_tau_squared()
    {
        var settings = new ServerOptimizerSettings("fedadam", 1, 0, 0.5, 0.25);
        var optimizer = ServerOptimizer.Create(settings, 1);
        var state = new double[1];
        optimizer.Step(state, [0.1], noiseVariance: 100);
        Assert.Equal(-0.1 / (0.25 + 0.25), state[0], 15);
    }

    [Fact]
    public void A_saved_optimizer_of_another_length_or_with_broken_numbers_is_not_restored()
    {
        var settings = new ServerOptimizerSettings("fedadam", 0.1);
        var saved = ServerOptimizer.Create(settings, 3).Save();
        Assert.NotNull(ServerOptimizer.Restore(settings, 3, saved));
        Assert.Null(ServerOptimizer.Restore(settings, 4, saved));
        Assert.Null(ServerOptimizer.Restore(settings, 3, saved.AsSpan(1)));
        saved.AsSpan(16, 8).Fill(0xff);
        Assert.Null(ServerOptimizer.Restore(settings, 3, saved));
        saved = ServerOptimizer.Create(settings, 3).Save();
        saved.AsSpan(24, 8).Fill(0xff);
        Assert.Null(ServerOptimizer.Restore(settings, 3, saved));
    }

    [Fact]
    public void All_problems_of_the_settings_are_named_together() => Assert.Equal(
        6, new ServerOptimizerSettings("sdg", 0, 1, -1, 0, double.NaN).Problems().Count);

    private static double Travel(
        ServerOptimizerSettings settings, double noise, double knownVariance, double signal = 0.3, int steps = 10)
    {
        const int coordinates = 2000;
        var generator = new SeededGenerator(3);
        var optimizer = ServerOptimizer.Create(settings, coordinates);
        var (state, update) = (new double[coordinates], new double[coordinates]);
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < coordinates; i++) update[i] = signal + noise * generator.NextNormal();
            optimizer.Step(state, update, knownVariance);
        }

        return -state.Average();
    }
}

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
    }

    [Fact]
    public void All_problems_of_the_settings_are_named_together() => Assert.Equal(
        6, new ServerOptimizerSettings("sdg", 0, 1, -1, 0, double.NaN).Problems().Count);

    private static double Travel(ServerOptimizerSettings settings, double noise, double knownVariance)
    {
        const int coordinates = 2000;
        var generator = new SeededGenerator(3);
        var optimizer = ServerOptimizer.Create(settings, coordinates);
        var (state, update) = (new double[coordinates], new double[coordinates]);
        for (var step = 0; step < 10; step++)
        {
            for (var i = 0; i < coordinates; i++) update[i] = 0.3 + noise * generator.NextNormal();
            optimizer.Step(state, update, knownVariance);
        }

        return -state.Average();
    }
}

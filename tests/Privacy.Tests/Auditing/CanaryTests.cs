namespace FedMeta.Privacy.Tests.Auditing;

public sealed class CanaryTests
{
    [Fact]
    public void The_extreme_scores_are_guessed_and_the_middle_is_left()
    {
        double[] scores = [5, -3, 4, 0, 0.1, -4];
        Assert.Equal(new CanaryGuesses(6, 4, 4),
            CanaryGuesses.Of(scores, [true, false, true, false, true, false], 4));
        Assert.Equal(new CanaryGuesses(6, 4, 2),
            CanaryGuesses.Of(scores, [false, false, true, false, true, true], 4));
        Assert.Equal(0, CanaryGuesses.Of(scores, [true, true, true, true, true, true], 0).Correct);
    }

    [Fact]
    public void Scores_without_an_order_and_odd_numbers_of_guesses_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CanaryGuesses.Of([double.NaN, 1], [true, false], 2));
        Assert.Throws<ArgumentException>(() => CanaryGuesses.Of([1], [true, false], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CanaryGuesses.Of([1, 2, 3], [true, false, true], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => CanaryGuesses.Of([1, 2, 3], [true, false, true], 4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3.5)]
    public void The_separation_of_normal_scores_is_found(double mu)
    {
        // Quantiles at equal steps are normal scores without chance.
        const int Each = 2000;
        var scores = new double[2 * Each];
        var included = new bool[2 * Each];
        for (var i = 0; i < Each; i++)
        {
            scores[i] = NormalDistribution.Quantile((i + 0.5) / Each);
            (scores[Each + i], included[Each + i]) = (scores[i] + mu, true);
        }

        var found = CanarySeparation.Of(scores, included);
        Assert.Equal(mu, found.Mu, 0.01);
        Assert.InRange(found.StandardError, 0.03, 0.08);
        Assert.True(found.LowerBound <= mu && found.UpperBound >= mu);
    }

    [Fact]
    public void Scores_without_noise_are_infinitely_far_apart()
    {
        Assert.Equal(double.PositiveInfinity, CanarySeparation.Of([1, 1, 0, 0], [true, true, false, false]).LowerBound);
        Assert.Throws<ArgumentException>(() => CanarySeparation.Of([1, 1, 0], [true, true, false]));
    }
}

using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.FewShot;

/// <summary>How a test task scores after so many plain steps on its support, and after the guarded ones.</summary>
internal static class TestAdaptation
{
    /// <summary>Adapts a copy of <paramref name="theta"/> step by step.</summary>
    /// <param name="model">The loss.</param>
    /// <param name="theta">The start.</param>
    /// <param name="rates">Rate of every coordinate.</param>
    /// <param name="support">What is adapted on.</param>
    /// <param name="steps">After how many steps to score, ascending.</param>
    /// <param name="score">Scores a theta on the query.</param>
    /// <returns>One score for each of <paramref name="steps"/>, then that of the guarded descent of as many steps as
    /// the last.</returns>
    public static double[] Of(
        IModel<float> model, ReadOnlySpan<float> theta, ReadOnlySpan<float> rates, Batch<float> support,
        IReadOnlyList<int> steps, Func<float[], double> score)
    {
        var scores = new double[steps.Count + 1];
        var here = theta.ToArray();
        var gradient = new float[here.Length];
        var taken = 0;
        for (var s = 0; s < steps.Count; s++)
        {
            for (; taken < steps[s]; taken++)
            {
                model.Gradient(here, support, gradient);
                for (var i = 0; i < here.Length; i++) here[i] -= rates[i] * gradient[i];
            }

            scores[s] = score(here);
        }

        theta.CopyTo(here);
        GuardedDescent.Run(model, here, support, rates, steps[^1], new AdaptationSettings().LargestStep);
        scores[^1] = score(here);
        return scores;
    }
}

using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Training;

/// <summary>Adaptation as published tables have it: a fixed number of steps without a guard.</summary>
internal static class PlainSteps
{
    /// <summary>theta -= rates (.) grad(theta, support), <paramref name="steps"/> times; the start is not
    /// changed.</summary>
    public static double[] Run(
        IModel<double> model, ReadOnlySpan<double> theta, ReadOnlySpan<double> rates, Batch<double> support, int steps)
    {
        var adapted = theta.ToArray();
        var gradient = new double[adapted.Length];
        for (var step = 0; step < steps; step++)
        {
            model.Gradient(adapted, support, gradient);
            for (var i = 0; i < adapted.Length; i++) adapted[i] -= rates[i] * gradient[i];
        }

        return adapted;
    }
}

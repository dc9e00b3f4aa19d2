using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Gradient steps that cannot leave a model worse on its support than it was: the iterate with the lowest support
/// loss is kept (the start included), no step is longer than a cap, and a value that is not finite ends the descent.
/// </summary>
public static class GuardedDescent
{
    /// <summary>Runs up to <paramref name="steps"/> steps from <paramref name="theta"/>, in place.</summary>
    /// <param name="model">The loss.</param>
    /// <param name="theta">The start; holds the kept iterate afterwards.</param>
    /// <param name="support">The patients to adapt on.</param>
    /// <param name="rates">Rate per coordinate; 0 keeps a coordinate where it is.</param>
    /// <param name="steps">Steps at most.</param>
    /// <param name="largestStep">Norm of the longest step.</param>
    /// <returns>How many steps the kept iterate has, and what the guard did (null: nothing).</returns>
    public static (int KeptSteps, string? Intervention) Run<T>(
        IModel<T> model, Span<T> theta, Batch<T> support, ReadOnlySpan<T> rates, int steps, double largestStep)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        var d = theta.Length;
        var current = theta.ToArray();
        var step = new T[d];
        var lowest = model.Loss(theta, support);
        var kept = 0;
        var capped = 0;
        string? stopped = null;
        for (var k = 1; k <= steps; k++)
        {
            model.Gradient(current, support, step);
            for (var i = 0; i < d; i++) step[i] *= rates[i];
            if (!FlatVector.IsFinite<T>(step))
            {
                stopped = $"step {k} was not finite and was refused";
                break;
            }

            if (FlatVector.Clip<T>(step, largestStep) > largestStep) capped++;
            FlatVector.AddScaled(current, -T.One, step);
            var loss = model.Loss(current, support);
            if (!double.IsFinite(loss))
            {
                stopped = $"the loss after step {k} was not finite and the step was refused";
                break;
            }

            if (!(loss < lowest)) continue;
            lowest = loss;
            kept = k;
            current.CopyTo(theta);
        }

        var remarks = new List<string>();
        if (capped > 0) remarks.Add($"{capped} of {steps} steps were shortened to norm {largestStep}");
        if (stopped is not null) remarks.Add(stopped);
        if (stopped is null && kept < steps) remarks.Add($"the support loss was lowest after {kept} of {steps} steps");
        return (kept, remarks.Count == 0 ? null : string.Join("; ", remarks));
    }
}

using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Carries one candidate out.</summary>
internal static class CandidateAdaptation
{
    /// <summary>What a candidate makes of the shared parameters.</summary>
    public static T[] Adapted<T>(
        IModel<T> model, T[] shared, ReadOnlySpan<T> rates, Batch<T> support, AdaptationSettings settings,
        Candidate candidate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var adapted = (T[])shared.Clone();
        Run(model, adapted, rates, support, settings, candidate.Choice, candidate.Steps);
        return adapted;
    }

    /// <summary>Adapts in place; full steps are as many as the settings have at most where none are given.</summary>
    /// <returns>Steps that the kept parameters are away, and what the guard did (null: nothing).</returns>
    public static (int Steps, string? Intervention) Run<T>(
        IModel<T> model, T[] theta, ReadOnlySpan<T> rates, Batch<T> support, AdaptationSettings settings,
        AdaptationChoice choice, int? steps = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (choice)
        {
            case AdaptationChoice.InterceptRecalibration:
                InterceptRecalibration.Run(model, theta, support, settings.InterceptPriorVariance);
                return (0, null);
            case AdaptationChoice.BiasOnlySteps:
                var biasRates = new T[theta.Length];
                biasRates.AsSpan(model.Spec.LastBiasOffset).Fill(T.CreateTruncating(settings.BiasRate));
                return GuardedDescent.Run(model, theta, support, biasRates, settings.Steps, settings.LargestStep);
            case AdaptationChoice.FullSteps:
                var pulled = settings.Pull > 0 ? new ProximalModel<T>(model, theta, settings.Pull) : model;
                return GuardedDescent.Run(
                    pulled, theta, support, rates, steps ?? settings.Steps, settings.LargestStep);
            default:
                return (0, null);
        }
    }
}

using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Carries one candidate out.</summary>
internal static class CandidateAdaptation
{
    /// <summary>Adapts in place; returns what the guard did, or null.</summary>
    public static string? Run<T>(
        IModel<T> model, T[] theta, ReadOnlySpan<T> rates, Batch<T> support, AdaptationSettings settings,
        AdaptationChoice choice)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (choice)
        {
            case AdaptationChoice.InterceptRecalibration:
                InterceptRecalibration.Run(model, theta, support, settings.InterceptPriorVariance);
                return null;
            case AdaptationChoice.BiasOnlySteps:
                var biasRates = new T[theta.Length];
                biasRates.AsSpan(model.Spec.LastBiasOffset).Fill(T.CreateTruncating(settings.BiasRate));
                return GuardedDescent.Run(
                    model, theta, support, biasRates, settings.Steps, settings.LargestStep).Intervention;
            case AdaptationChoice.FullSteps:
                var pulled = settings.Pull > 0 ? new ProximalModel<T>(model, theta, settings.Pull) : model;
                return GuardedDescent.Run(
                    pulled, theta, support, rates, settings.Steps, settings.LargestStep).Intervention;
            default:
                return null;
        }
    }
}

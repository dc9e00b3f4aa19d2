using System.Globalization;

namespace FedMeta.Learning;

/// <summary>
/// What a hospital should look at before it trusts an adaptation: the guard compares losses, and swapped labels lower
/// them as well as a real difference would.
/// </summary>
public static class SupportWarnings
{
    /// <summary>In words; empty where nothing looks wrong.</summary>
    /// <param name="model">The model.</param>
    /// <param name="theta">The shared parameters.</param>
    /// <param name="support">The hospital's labelled patients, any number.</param>
    /// <param name="seed">Of the interval.</param>
    public static IReadOnlyList<string> Of(
        IModel<double> model, ReadOnlySpan<double> theta, Batch<double> support, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (support.Count == 0) return [];
        var ranking = Measures.Ranking(model.Spec.Loss);
        var judged = Judgement.Of(model, theta, support);
        if (judged.Value(ranking) is not { } value || judged.IntervalOf(ranking, seed) is not { } interval
            || interval.High >= 0.5) return [];
        return
        [
            string.Create(CultureInfo.InvariantCulture,
                $"the shared model ranks these patients backwards ({Measures.NameOf(ranking, model.Spec.Loss)} "
                + $"{value:0.00}, 95 % {interval.Low:0.00} to {interval.High:0.00}): are the outcomes coded as the "
                + $"study says? Adaptation learns swapped outcomes as readily as right ones"),
        ];
    }
}

using System.Collections.Immutable;

namespace FedMeta.Learning;

/// <summary>What one baseline gives every site.</summary>
/// <param name="Name">For example <c>FedAvg by patients + intercept recalibration</c>.</param>
/// <param name="Thetas">The parameters used at each site, in the order of the sites.</param>
public sealed record BaselineResult(string Name, ImmutableArray<double[]> Thetas)
{
    /// <summary>Every site's test patients, judged.</summary>
    public ImmutableArray<Evaluation> Evaluate(IModel<double> model, IReadOnlyList<Site> sites, ulong seed) =>
    [
        .. sites.Select((site, i) =>
            Evaluator.Evaluate(model, Thetas[i], site.Test, SeededGenerator.Derive(seed, (ulong)i))),
    ];
}

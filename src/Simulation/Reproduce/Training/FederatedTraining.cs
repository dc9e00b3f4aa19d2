using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Training;

/// <summary>Rounds of a federation without noise and masks: the library's algorithms and server steps alone.</summary>
internal static class FederatedTraining
{
    /// <summary>Trains from the model's initial parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sites">Every hospital's training patients, two or more each.</param>
    /// <param name="plan">How.</param>
    /// <param name="seed">Of the initial parameters and of the patients that a round draws.</param>
    public static FederatedModel Train(
        IModel<double> model, IReadOnlyList<Batch<double>> sites, FederatedPlan plan, ulong seed)
    {
        var algorithm = MetaAlgorithms.Create<double>(plan.Algorithm, model.Spec);
        var state = algorithm.InitialState(model.Spec.Initial(seed));
        var server = ServerOptimizer.Create(plan.Server, state.Length);
        double total = sites.Sum(site => plan.ByPatients ? site.Count : 1);
        var norms = new List<double>(plan.Rounds * sites.Count);
        var (mean, update) = (new double[state.Length], new double[state.Length]);
        for (var round = 0; round < plan.Rounds; round++)
        {
            mean.AsSpan().Clear();
            for (var i = 0; i < sites.Count; i++)
            {
                var draw = SeededGenerator.Derive(SeededGenerator.Derive(seed, (ulong)round), (ulong)i);
                algorithm.TaskUpdate(model, state, Task(sites[i], plan.Shots, draw), update);
                norms.Add(FlatVector.Norm<double>(update.AsSpan(0, model.ParameterCount)));
                FlatVector.AddScaled(mean, (plan.ByPatients ? sites[i].Count : 1) / total, update);
            }

            server.Step(state, mean);
            algorithm.Project(state);
        }

        return new FederatedModel(state[..model.ParameterCount], algorithm.InnerRates(state), norms);
    }

    private static MetaTask<double> Task(Batch<double> site, int shots, ulong seed)
    {
        if (shots == 0) return new MetaTask<double>(site, 0);
        var support = Math.Min(shots, site.Count / 2);
        var query = Math.Min(shots, site.Count - support);
        var rows = new SeededGenerator(seed).Permutation(site.Count)[..(support + query)];
        return new MetaTask<double>(site.Select(rows), support);
    }
}

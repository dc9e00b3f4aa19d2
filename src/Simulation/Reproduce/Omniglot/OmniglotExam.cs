using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.FewShot;

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>Test episodes and the accuracy of a theta on them.</summary>
/// <param name="episodes">Classes that training never saw.</param>
/// <param name="seed">Of the episodes.</param>
/// <param name="tasks">How many.</param>
internal sealed class OmniglotExam(Episodes episodes, ulong seed, int tasks)
{
    /// <summary>Gradient steps after which to score.</summary>
    public static readonly IReadOnlyList<int> Steps = [0, 1, 3, 5, 10];

    /// <summary>Accuracy over the tasks after each of <see cref="Steps"/>, then after the guarded ones.</summary>
    public IReadOnlyList<Estimate> Score(IModel<float> model, float[] theta, float[] rates) => Columns(Steps.Count + 1,
        task => TestAdaptation.Of(model, theta, rates, task.Support, Steps,
            adapted => Accuracy(model, adapted, task.Query)));

    /// <summary>Accuracy over the tasks of the models that a forward pass over the support makes.</summary>
    /// <param name="adapt">Gives the parameters of a task's own model.</param>
    /// <param name="model">That model.</param>
    public Estimate Score(IModel<float> model, Func<Batch<float>, float[]> adapt) =>
        Columns(1, task => [Accuracy(model, adapt(task.Support), task.Query)])[0];

    /// <summary>The share of records whose largest output is their class's.</summary>
    public static double Accuracy(IModel<float> model, float[] theta, Batch<float> query)
    {
        var outputs = new float[query.Count * model.Spec.Outputs];
        model.Predict(theta, query.Inputs.Span, outputs);
        var right = 0;
        for (var i = 0; i < query.Count; i++)
        {
            var scores = outputs.AsSpan(i * model.Spec.Outputs, model.Spec.Outputs);
            var best = 0;
            for (var c = 1; c < scores.Length; c++)
                if (scores[c] > scores[best]) best = c;
            if (best == (int)query.Targets.Span[i]) right++;
        }

        return (double)right / query.Count;
    }

    private List<Estimate> Columns(int count, Func<MetaTask<float>, double[]> score)
    {
        var scores = new double[tasks][];
        Parallel.For(0, tasks, t => scores[t] =
            score(episodes.Draw(new SeededGenerator(SeededGenerator.Derive(seed, (ulong)t)))));
        return [.. Enumerable.Range(0, count).Select(c => Estimate.Of([.. scores.Select(s => s[c])]))];
    }
}

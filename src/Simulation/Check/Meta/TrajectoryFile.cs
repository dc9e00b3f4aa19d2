using System.Text.Json;
using FedMeta.Learning;

namespace FedMeta.Simulation.Check.Meta;

/// <summary>A whole meta-training loop, task by task, with clipped sums.</summary>
internal sealed class TrajectoryFile : OracleFormat
{
    protected override IReadOnlyCollection<string> Inputs { get; } =
        ["model", "theta0", "alpha", "K", "outer_lr", "clip_C"];

    public override bool Recognises(OracleFile file) =>
        file.Has("model", "theta0", "alpha", "K", "outer_lr", "clip_C", "steps");

    public override void Check(OracleFile file, CheckReport report)
    {
        var root = file.Root;
        var spec = FixtureModels.Spec(root.Property("model"), "mse");
        var model = ManagedEngine.Instance.Build<double>(spec);
        var theta = root.Vector("theta0");
        var algorithm =
            MetaAlgorithms.Create<double>(new AlgorithmSettings("maml", root.Number("alpha"), (int)root.Number("K")),
                spec);
        var optimizer =
            ServerOptimizer.Create(new ServerOptimizerSettings("adam", root.Number("outer_lr"), 0.9, 0.999, 1e-8),
                theta.Length);
        var index = 0;
        foreach (var step in root.Property("steps").EnumerateArray())
        {
            var row = $"steps[{index++}]";
            Guarded(report, row, () =>
                CheckStep(row, step, model, algorithm, optimizer, theta, root.Number("clip_C"), report));
        }
    }

    private static void CheckStep(
        string row, JsonElement step, IModel<double> model, IMetaAlgorithm<double> algorithm,
            IServerOptimizer optimizer, double[] theta,
        double clip, CheckReport report)
    {
        var (mean, clipped, update) = (new double[theta.Length], new double[theta.Length], new double[theta.Length]);
        var (losses, norms) = (new List<double>(), new List<double>());
        var tasks = step.Property("tasks").EnumerateArray().Select(Task).ToList();
        foreach (var task in tasks)
        {
            losses.Add(algorithm.TaskUpdate(model, theta, task, update));
            FlatVector.AddScaled(mean, 1.0 / tasks.Count, update);
            norms.Add(FlatVector.Clip<double>(update, clip));
            FlatVector.AddScaled(clipped, 1.0, update);
        }

        optimizer.Step(theta, mean);
        void Compare(string column, double[] ours) =>
            report.Vector(row, column, ours, step.Vector(column), FixtureModels.Loose);
        Compare("query_losses", [.. losses]);
        Compare("task_grad_norms", [.. norms]);
        Compare("mean_meta_grad", mean);
        Compare("clipped_sum", clipped);
        Compare("theta_after", theta);
    }

    private static MetaTask<double> Task(JsonElement task)
    {
        var support = new Batch<double>(task.Vector("xs"), task.Vector("ys"), task.Property("ys").GetArrayLength());
        var query = new Batch<double>(task.Vector("xq"), task.Vector("yq"), task.Property("yq").GetArrayLength());
        return new MetaTask<double>(Batch<double>.Concatenate([support, query]), support.Count);
    }
}

using System.Text.Json;

namespace FedMeta.Learning.Tests.Oracles;

/// <summary>Checks meta_train_trajectory.json: a whole meta-training loop, task by task.</summary>
public static class TrajectoryFixture
{
    public static IEnumerable<OracleResult> Check(JsonElement file, IEngine engine)
    {
        var spec = FixtureReader.Spec(file.GetProperty("model"), "mse");
        var model = engine.Build<double>(spec);
        var theta = file.Vector("theta0");
        var algorithm = MetaAlgorithms.Create<double>(
            new AlgorithmSettings("maml", file.Number("alpha"), (int)file.Number("K")), spec);
        var optimizer = ServerOptimizer.Create(
            new ServerOptimizerSettings("adam", file.Number("outer_lr"), 0.9, 0.999, 1e-8), theta.Length);
        var t = 0;
        foreach (var step in file.GetProperty("steps").EnumerateArray())
        {
            var d = theta.Length;
            var (mean, clipped, update) = (new double[d], new double[d], new double[d]);
            var (losses, norms) = (new List<double>(), new List<double>());
            var tasks = step.GetProperty("tasks").EnumerateArray().Select(Task).ToList();
            foreach (var task in tasks)
            {
                losses.Add(algorithm.TaskUpdate(model, theta, task, update));
                FlatVector.AddScaled(mean, 1.0 / tasks.Count, update);
                norms.Add(FlatVector.Clip<double>(update, file.Number("clip_C")));
                FlatVector.AddScaled(clipped, 1.0, update);
            }

            optimizer.Step(theta, mean);
            t++;
            yield return Compare($"step {t} query losses", [.. losses], step, "query_losses");
            yield return Compare($"step {t} norms", [.. norms], step, "task_grad_norms");
            yield return Compare($"step {t} mean", mean, step, "mean_meta_grad");
            yield return Compare($"step {t} clipped sum", clipped, step, "clipped_sum");
            yield return Compare($"step {t} theta", theta, step, "theta_after");
        }
    }

    private static OracleResult Compare(string name, double[] ours, JsonElement step, string property) =>
        OracleResult.Compare(name, ours, step.Vector(property), FixtureReader.Loose);

    private static MetaTask<double> Task(JsonElement task)
    {
        var support = new Batch<double>(task.Vector("xs"), task.Vector("ys"), task.GetProperty("ys").GetArrayLength());
        var query = new Batch<double>(task.Vector("xq"), task.Vector("yq"), task.GetProperty("yq").GetArrayLength());
        return new MetaTask<double>(Batch<double>.Concatenate([support, query]), support.Count);
    }
}

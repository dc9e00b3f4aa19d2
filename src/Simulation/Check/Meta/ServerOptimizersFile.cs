using System.Text.Json;
using FedMeta.Learning;

namespace FedMeta.Simulation.Check.Meta;

/// <summary>Server optimisers, step by step; each also saved and restored between any two steps.</summary>
internal sealed class ServerOptimizersFile : OracleFormat
{
    protected override IReadOnlyCollection<string> Inputs { get; } = ["theta0", "g"];

    public override bool Recognises(OracleFile file) => file.Has("theta0", "g", "runs");

    public override IEnumerable<string> RowsOf(OracleFile file) =>
        base.RowsOf(file).Where(r => r != "runs")
            .Concat(file.Root.Property("runs").EnumerateObject().Select(r => "runs." + r.Name));

    public override void Check(OracleFile file, CheckReport report)
    {
        double[][] gradients = [.. file.Root.Property("g").EnumerateArray().Select(g => g.AsVector())];
        foreach (var run in file.Root.Property("runs").EnumerateObject())
            Guarded(report, "runs." + run.Name, () => CheckRun(file.Root.Vector("theta0"), gradients, run, report));
    }

    private static void CheckRun(double[] start, double[][] gradients, JsonProperty run, CheckReport report)
    {
        var settings = Settings(run.Name, run.Value);
        foreach (var restored in new[] { false, true })
        {
            var theta = (double[])start.Clone();
            var optimizer = ServerOptimizer.Create(settings, theta.Length);
            var trajectory = run.Value.Property("trajectory");
            if (trajectory.GetArrayLength() != gradients.Length)
                throw new FormatException($"{trajectory.GetArrayLength()} steps for {gradients.Length} gradients");
            for (var step = 0; step < gradients.Length; step++)
            {
                optimizer.Step(theta, gradients[step]);
                if (restored) optimizer = ServerOptimizer.Restore(settings, theta.Length, optimizer.Save())!;
                report.Vector("runs." + run.Name, restored ? "trajectory, saved and restored" : "trajectory", theta,
                    trajectory[step].AsVector(), FixtureModels.Tight);
            }
        }
    }

    private static ServerOptimizerSettings Settings(string name, JsonElement run)
    {
        double Number(string property, double otherwise) =>
            run.TryGetProperty(property, out var value) ? value.AsNumber() : otherwise;
        return new ServerOptimizerSettings(name.Split('_')[0], run.Number("lr"), Number("beta1", Number("beta", 0)),
            Number("beta2", 0),
            Number("tau", Number("eps", 1e-8)), Number("v0", 0));
    }
}

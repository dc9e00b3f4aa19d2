using System.Text.Json;

namespace FedMeta.Learning.Tests.Oracles;

/// <summary>Checks server_optimizers.json: six steps of every optimiser, once with a save and restore in
/// between.</summary>
public static class ServerOptimizerFixture
{
    public static IEnumerable<OracleResult> Check(JsonElement file)
    {
        var gradients = file.GetProperty("g").EnumerateArray().Select(g => g.Vector()).ToList();
        foreach (var run in file.GetProperty("runs").EnumerateObject())
        {
            var settings = Settings(run.Name, run.Value);
            foreach (var restart in new[] { false, true })
            {
                var theta = file.Vector("theta0");
                var optimizer = ServerOptimizer.Create(settings, theta.Length);
                for (var t = 0; t < gradients.Count; t++)
                {
                    optimizer.Step(theta, gradients[t]);
                    if (restart) optimizer = ServerOptimizer.Restore(settings, theta.Length, optimizer.Save())!;
                    yield return OracleResult.Compare(
                        $"{run.Name} step {t + 1}{(restart ? " restored" : "")}", theta,
                        run.Value.GetProperty("trajectory")[t].Vector(), FixtureReader.Tight);
                }
            }
        }
    }

    private static ServerOptimizerSettings Settings(string name, JsonElement run)
    {
        double Number(string property, double otherwise) =>
            run.TryGetProperty(property, out var value) ? value.GetDouble() : otherwise;
        return new ServerOptimizerSettings(
            name.Split('_')[0], run.Number("lr"), Number("beta1", Number("beta", 0)), Number("beta2", 0),
            Number("tau", Number("eps", 1e-8)), Number("v0", 0));
    }
}

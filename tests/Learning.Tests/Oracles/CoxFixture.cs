using System.Text.Json;

namespace FedMeta.Learning.Tests.Oracles;

/// <summary>Checks cox.json: loss, gradient and Hessian-vector product with and without tied times.</summary>
public static class CoxFixture
{
    public static IEnumerable<OracleResult> Check(JsonElement file, IEngine engine)
    {
        foreach (var test in file.GetProperty("cases").EnumerateArray())
        {
            var model = engine.Build<double>(ModelSpec.FromStudy("cox", test.GetProperty("d").GetInt32(), 1, []));
            var (time, happened) = (test.Vector("T"), test.Vector("E"));
            double[] targets = [.. time.Zip(happened).SelectMany(t => new[] { t.First, t.Second })];
            var batch = new Batch<double>(test.Vector("x"), targets, time.Length);
            var theta = test.Vector("theta");
            var vector = new double[theta.Length];
            var name = test.GetProperty("ties").GetBoolean() ? "ties " : "no ties ";
            yield return OracleResult.Compare(
                name + "loss", model.Loss(theta, batch), test.Number("loss"), FixtureReader.Tight);
            model.Gradient(theta, batch, vector);
            yield return OracleResult.Compare(name + "grad", vector, test.Vector("grad"), FixtureReader.Tight);
            model.HessianVectorProduct(theta, batch, test.Vector("v"), vector);
            yield return OracleResult.Compare(name + "hvp", vector, test.Vector("hvp"), FixtureReader.Tight);
        }
    }
}

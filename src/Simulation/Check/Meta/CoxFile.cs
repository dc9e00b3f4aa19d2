using FedMeta.Learning;

namespace FedMeta.Simulation.Check.Meta;

/// <summary>The Cox loss, its gradient and Hessian-vector product, with and without tied times.</summary>
internal sealed class CoxFile : OracleFormat
{
    public override bool Recognises(OracleFile file) =>
        file.Has("cases")
            && file.Root.Property("cases").EnumerateArray()
            .All(c => c.TryGetProperty("ties", out _) && c.TryGetProperty("T", out _));

    public override void Check(OracleFile file, CheckReport report)
    {
        var index = 0;
        foreach (var test in file.Root.Property("cases").EnumerateArray())
        {
            var row = $"cases[{index++}]";
            Guarded(report, row, () =>
            {
                var model = ManagedEngine.Instance.Build<double>(
                    ModelSpec.FromStudy("cox", test.Property("d").GetInt32(), 1, []));
                var (time, happened) = (test.Vector("T"), test.Vector("E"));
                double[] targets = [.. time.Zip(happened).SelectMany(t => new[] { t.First, t.Second })];
                var batch = new Batch<double>(test.Vector("x"), targets, test.Property("n").GetInt32());
                var theta = test.Vector("theta");
                var vector = new double[theta.Length];
                report.Relative(row, "loss", model.Loss(theta, batch), test.Number("loss"), FixtureModels.Tight);
                model.Gradient(theta, batch, vector);
                report.Vector(row, "grad", vector, test.Vector("grad"), FixtureModels.Tight);
                model.HessianVectorProduct(theta, batch, test.Vector("v"), vector);
                report.Vector(row, "hvp", vector, test.Vector("hvp"), FixtureModels.Tight);
            });
        }

        report.ColumnNotChecked("breslow_loss",
            "another treatment of tied times, for comparison; FedMeta follows FLamby's");
        report.ColumnNotChecked("breslow_grad",
            "another treatment of tied times, for comparison; FedMeta follows FLamby's");
    }
}

using System.Globalization;
using System.Text.Json;
using FedMeta.Learning;

namespace FedMeta.Simulation.Check.Meta;

/// <summary>One model: engine values, then MAML, Meta-SGD, ANIL and Per-FedAvg gradients.</summary>
internal sealed class ModelFixtureFile : OracleFormat
{
    protected override IReadOnlyCollection<string> Inputs { get; } =
        ["loss", "theta", "alpha", "inner_batches", "query", "v", "metasgd_alpha"];

    public override bool Recognises(OracleFile file) => file.Has("model", "loss", "theta", "inner_batches", "query");

    public override void Check(OracleFile file, CheckReport report)
    {
        ModelSpec spec;
        try
        {
            spec = FixtureModels.Spec(file.Root.Property("model"), file.Root.Property("loss").GetString()!);
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            foreach (var row in RowsOf(file)) report.CannotCheck(row, $"no engine here builds this model: {e.Message}");
            return;
        }

        var fixture = new Fixture(file.Root, ManagedEngine.Instance.Build<double>(spec));
        foreach (var row in RowsOf(file)) Guarded(report, row, () => CheckRow(fixture, row, report));
    }

    private static void CheckRow(Fixture fixture, string row, CheckReport report)
    {
        var reference = fixture.Root.Property(row);
        switch (row)
        {
            case "model":
                CheckLayout(fixture.Model.Spec, reference, report);
                break;
            case "output":
                var output = new double[reference.GetArrayLength()];
                fixture.Model.Predict(fixture.Theta, fixture.Inner[0].Inputs.Span, output);
                report.Vector(row, row, output, reference.AsVector(), FixtureModels.Tight);
                break;
            case "loss_value":
                report.Relative(row, row, fixture.Model.Loss(fixture.Theta, fixture.Inner[0]), reference.AsNumber(),
                    FixtureModels.Tight);
                break;
            case "grad":
                CheckGradient(fixture, reference.AsVector(), report);
                break;
            case "hvp":
                var product = new double[fixture.Theta.Length];
                fixture.Model.HessianVectorProduct(fixture.Theta, fixture.Inner[0], fixture.Root.Vector("v"), product);
                report.Vector(row, row, product, reference.AsVector(), FixtureModels.Tight);
                break;
            case "per_fedavg":
                CheckPerFedAvg(fixture, reference, report);
                break;
            default:
                if (row.Split('_') is [("maml" or "metasgd" or "anil") and var method, ['K', .. var steps],
                    var batches])
                    CheckAdapted(fixture, row, method, int.Parse(steps, CultureInfo.InvariantCulture),
                        batches == "minibatch", report);
                else
                    report.CannotCheck(row, "no function of FedMeta has this name");
                break;
        }
    }

    private static void CheckLayout(ModelSpec spec, JsonElement model, CheckReport report)
    {
        report.Absolute("model", "n_params", spec.ParameterCount, model.Number("n_params"), 0);
        report.Absolute("model", "head_offset", spec.HeadOffset, model.Number("head_offset"), 0);
        double[] offsets = [.. model.Property("layout").EnumerateArray().Select(b => b.Number("offset"))];
        report.Vector("model", "layout", [.. spec.Blocks.Select(b => (double)b.Offset)], offsets, 0);
    }

    private static void CheckGradient(Fixture fixture, double[] reference, CheckReport report)
    {
        var gradient = new double[fixture.Theta.Length];
        fixture.Model.Gradient(fixture.Theta, fixture.Inner[0], gradient);
        report.Vector("grad", "grad", gradient, reference, FixtureModels.Tight);
        var mean = new double[fixture.Theta.Length];
        fixture.Model.PerExampleGradients(
            fixture.Theta, fixture.Inner[0], (_, _, g) =>
                FlatVector.AddScaled<double>(mean, 1.0 / fixture.Inner[0].Count, g));
        report.Vector("grad", "grad as a mean of per-example gradients", mean, reference, FixtureModels.Tight);
    }

    private static void CheckAdapted(Fixture fixture, string row, string method, int steps, bool minibatch,
        CheckReport report)
    {
        var reference = fixture.Root.Property(row);
        var d = fixture.Theta.Length;
        var rates = method == "metasgd" ? fixture.Root.Vector("metasgd_alpha")
            : FixtureModels.Filled(d, fixture.Root.Number("alpha"));
        var mask = FixtureModels.Filled(d, 1);
        if (method == "anil") mask.AsSpan(0, fixture.Model.Spec.HeadOffset).Clear();
        var support = minibatch ? fixture.Inner[..steps] : fixture.Inner[..1];
        var (gradient, rateGradient, adapted) = (new double[d], new double[d], new double[d]);
        var loss = AdaptedGradient.Compute<double>(
            fixture.Model, fixture.Theta, support, steps, fixture.Query, rates, mask, GradientOrder.Second, gradient,
                rateGradient, adapted);
        report.Vector(row, "theta_K", adapted, reference.Vector("theta_K"), FixtureModels.Loose);
        report.Relative(row, "query_loss", loss, reference.Number("query_loss"), FixtureModels.Loose);
        report.Vector(row, "meta_grad_theta", gradient, reference.Vector("meta_grad_theta"), FixtureModels.Loose);
        if (reference.TryGetProperty("meta_grad_alpha", out var byRate))
            report.Vector(row, "meta_grad_alpha", rateGradient, byRate.AsVector(), FixtureModels.Loose);
        if (reference.TryGetProperty("reptile_delta", out var moved))
        {
            double[] delta = [.. adapted.Zip(fixture.Theta, (to, from) => to - from)];
            report.Vector(row, "reptile_delta", delta, moved.AsVector(), FixtureModels.Loose);
        }

        foreach (var column in new[] { "fomaml_grad", "fo_grad" })
        {
            if (!reference.TryGetProperty(column, out var first)) continue;
            AdaptedGradient.Compute<double>(
                fixture.Model, fixture.Theta, support, steps, fixture.Query, rates, mask, GradientOrder.First,
                    gradient);
            report.Vector(row, column, gradient, first.AsVector(), FixtureModels.Loose);
        }

        report.ColumnNotChecked("recursion_vs_autograd_rel", "says how two computations of others agree");
    }

    private static void CheckPerFedAvg(Fixture fixture, JsonElement reference, CheckReport report)
    {
        var direction = new double[fixture.Theta.Length];
        foreach (var (column, order) in new[] { ("fo", GradientOrder.First), ("exact", GradientOrder.Second) })
        {
            PerFedAvg.Direction(
                fixture.Model, fixture.Theta, fixture.Inner[0], fixture.Inner[1], fixture.Inner[2],
                    fixture.Root.Number("alpha"), order, direction);
            report.Vector("per_fedavg", column, direction, reference.Vector(column), FixtureModels.Loose);
        }

        report.ColumnNotChecked("hf", "a finite difference that FedMeta replaces by the exact product");
        report.ColumnNotChecked("hf_delta1e-5", "a finite difference that FedMeta replaces by the exact product");
        report.ColumnNotChecked("hf_rel_err_vs_exact_by_delta", "says how far that finite difference is off");
    }

    private sealed class Fixture(JsonElement root, IModel<double> model)
    {
        public JsonElement Root { get; } = root;

        public IModel<double> Model { get; } = model;

        public double[] Theta { get; } = root.Vector("theta");

        public Batch<double>[] Inner { get; } =
            [.. root.Property("inner_batches").EnumerateArray().Select(b => b.Batch())];

        public Batch<double> Query { get; } = root.Property("query").Batch();
    }
}

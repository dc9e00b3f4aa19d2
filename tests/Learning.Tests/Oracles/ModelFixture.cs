using System.Text.Json;

namespace FedMeta.Learning.Tests.Oracles;

/// <summary>Checks one model file: engine values, MAML, Meta-SGD, ANIL and Per-FedAvg gradients.</summary>
public static class ModelFixture
{
    public static IEnumerable<OracleResult> Check(JsonElement file, IEngine engine)
    {
        var spec = FixtureReader.Spec(file.GetProperty("model"), file.GetProperty("loss").GetString()!);
        var model = engine.Build<double>(spec);
        var theta = file.Vector("theta");
        Batch<double>[] inner = [.. file.GetProperty("inner_batches").EnumerateArray().Select(b => b.Batch())];
        var query = file.GetProperty("query").Batch();
        var d = theta.Length;
        yield return OracleResult.Compare(
            "n_params", model.ParameterCount, file.GetProperty("model").Number("n_params"), 0);
        yield return OracleResult.Compare(
            "head_offset", spec.HeadOffset, file.GetProperty("model").Number("head_offset"), 0);
        var layout = file.GetProperty("model").GetProperty("layout");
        yield return OracleResult.Compare(
            "layout", [.. spec.Blocks.Select(b => (double)b.Offset)],
            [.. layout.EnumerateArray().Select(b => b.Number("offset"))], 0);

        var output = new double[file.GetProperty("output").GetArrayLength()];
        model.Predict(theta, inner[0].Inputs.Span, output);
        yield return OracleResult.Compare("output", output, file.Vector("output"), FixtureReader.Tight);
        yield return OracleResult.Compare(
            "loss", model.Loss(theta, inner[0]), file.Number("loss_value"), FixtureReader.Tight);
        var vector = new double[d];
        var loss = model.Gradient(theta, inner[0], vector);
        yield return OracleResult.Compare("loss of gradient", loss, file.Number("loss_value"), FixtureReader.Tight);
        yield return OracleResult.Compare("grad", vector, file.Vector("grad"), FixtureReader.Tight);
        model.HessianVectorProduct(theta, inner[0], file.Vector("v"), vector);
        yield return OracleResult.Compare("hvp", vector, file.Vector("hvp"), FixtureReader.Tight);
        var sum = new double[d];
        model.PerExampleGradients(theta, inner[0], (_, _, g) =>
            FlatVector.AddScaled<double>(sum, 1.0 / inner[0].Count, g));
        yield return OracleResult.Compare(
            "mean of per-example gradients", sum, file.Vector("grad"), FixtureReader.Tight);

        foreach (var property in file.EnumerateObject())
        {
            if (property.Name.Split(
                '_') is
                [("maml" or "metasgd" or "anil") and var method, ['K', .. var k], var batches])
            {
                var rates = method == "metasgd"
                    ? file.Vector("metasgd_alpha")
                    : FixtureReader.Filled(d, file.Number("alpha"));
                var steps = int.Parse(k, System.Globalization.CultureInfo.InvariantCulture);
                var support = batches == "minibatch" ? inner[..steps] : inner[..1];
                foreach (var result in Adapted(model, theta, support, steps, query, rates, property))
                    yield return result;
            }
        }

        if (file.TryGetProperty("per_fedavg", out var personal))
        {
            PerFedAvg.Direction(
                model, theta, inner[0], inner[1], inner[2], file.Number("alpha"), GradientOrder.First, vector);
            yield return OracleResult.Compare("per_fedavg fo", vector, personal.Vector("fo"), FixtureReader.Loose);
            PerFedAvg.Direction(
                model, theta, inner[0], inner[1], inner[2], file.Number("alpha"), GradientOrder.Second, vector);
            yield return OracleResult.Compare(
                "per_fedavg exact", vector, personal.Vector("exact"), FixtureReader.Loose);
        }
    }

    private static IEnumerable<OracleResult> Adapted(
        IModel<double> model, double[] theta, Batch<double>[] support, int steps, Batch<double> query, double[] rates,
        JsonProperty reference)
    {
        var d = theta.Length;
        var anil = reference.Name.StartsWith("anil", StringComparison.Ordinal);
        var mask = FixtureReader.Filled(d, 1);
        if (anil) mask.AsSpan(0, model.Spec.HeadOffset).Clear();
        var (gradient, rateGradient, adapted) = (new double[d], new double[d], new double[d]);
        var name = reference.Name;
        var loss = AdaptedGradient.Compute<double>(
            model, theta, support, steps, query, rates, mask, GradientOrder.Second, gradient, rateGradient, adapted);
        yield return OracleResult.Compare(
            name + " theta_K", adapted, reference.Value.Vector("theta_K"), FixtureReader.Loose);
        yield return OracleResult.Compare(
            name + " query_loss", loss, reference.Value.Number("query_loss"), FixtureReader.Loose);
        yield return OracleResult.Compare(
            name + " meta_grad_theta", gradient, reference.Value.Vector("meta_grad_theta"), FixtureReader.Loose);
        if (reference.Value.TryGetProperty("meta_grad_alpha", out var byRate))
            yield return OracleResult.Compare(
                name + " meta_grad_alpha", rateGradient, byRate.Vector(), FixtureReader.Loose);
        if (reference.Value.TryGetProperty("reptile_delta", out var moved))
        {
            FlatVector.Subtract<double>(theta, adapted, rateGradient); // the file's delta is phi - theta
            FlatVector.Scale<double>(rateGradient, -1);
            yield return OracleResult.Compare(
                name + " reptile_delta", rateGradient, moved.Vector(), FixtureReader.Loose);
        }

        if (!reference.Value.TryGetProperty(anil ? "fo_grad" : "fomaml_grad", out var first)) yield break;
        AdaptedGradient.Compute<double>(
            model, theta, support, steps, query, rates, mask, GradientOrder.First, gradient);
        yield return OracleResult.Compare(name + " first order", gradient, first.Vector(), FixtureReader.Loose);
    }
}

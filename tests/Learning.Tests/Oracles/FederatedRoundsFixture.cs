using System.Text.Json;

namespace FedMeta.Learning.Tests.Oracles;

/// <summary>Checks federated_rounds.json: three clients, three rounds, every algorithm.</summary>
public static class FederatedRoundsFixture
{
    public static IEnumerable<OracleResult> Check(JsonElement file, IEngine engine)
    {
        MetaTask<double>[] clients =
        [
            .. file.GetProperty("clients").EnumerateArray()
                .Select(c => new MetaTask<double>(c.Batch(), c.GetProperty("support_rows").GetInt32())),
        ];
        foreach (var run in file.GetProperty("runs").EnumerateObject())
        {
            var spec = FixtureReader.Spec(run.Value.GetProperty("model"), "bce_logits");
            var model = engine.Build<double>(spec);
            var theta = run.Value.Vector("theta0");
            foreach (var method in run.Value.EnumerateObject())
            {
                if (method.Name is "model" or "theta0") continue;
                foreach (var result in Method(model, theta, clients, method))
                    yield return result with { Name = $"{run.Name} {result.Name}" };
            }
        }
    }

    private static IEnumerable<OracleResult> Method(
        IModel<double> model, double[] theta, MetaTask<double>[] clients, JsonProperty method) => method.Name switch
        {
            "scaffold_uniform" => ScaffoldRounds(model, theta, clients, method.Value),
            "pfedme_client0" => MoreauStep(model, theta, clients[0], method.Value),
            "imaml_client0" => Implicit(model, clients[0], method.Value),
            _ => Rounds(model, theta, clients, method),
        };

    private static IEnumerable<OracleResult> Rounds(
        IModel<double> model, double[] theta, MetaTask<double>[] clients, JsonProperty method)
    {
        var run = method.Value;
        double Number(string name, double otherwise) =>
            run.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;
        var name = method.Name switch
        {
            "fedmeta_metasgd" => "meta-sgd",
            var n when n.StartsWith("fedmeta_", StringComparison.Ordinal) => n["fedmeta_".Length..],
            var n => n.Split('_')[0],
        };
        var rate = Number("alpha", Number("lr", 0));
        var steps = (int)Number("K", Number("local_steps", 0));
        var algorithm = MetaAlgorithms.Create<double>(
            new AlgorithmSettings(name, rate, steps, Number("mu", 0)), model.Spec);
        var weights = run.TryGetProperty("weights", out var w) && w.ValueKind == JsonValueKind.Array
            ? w.Vector()
            : FixtureReader.Filled(clients.Length, 1);
        var optimizer = ServerOptimizer.Create(
            new ServerOptimizerSettings("sgd", Number("server_lr", 1)), algorithm.UploadLength);
        var state = algorithm.InitialState(theta);
        var update = new double[algorithm.UploadLength];
        for (var round = 0; round < run.GetProperty("global").GetArrayLength(); round++)
        {
            var mean = new double[algorithm.UploadLength];
            for (var c = 0; c < clients.Length; c++)
            {
                algorithm.TaskUpdate(model, state, clients[c], update);
                FlatVector.AddScaled(mean, weights[c] / weights.Sum(), update);
                if (round > 0 || !run.TryGetProperty("round1_client_vectors", out var vectors)) continue;
                var reference = vectors[c].Vector();
                yield return OracleResult.Compare(
                    $"{method.Name} client {c}", update.AsSpan(0, reference.Length), reference, FixtureReader.Loose);
            }

            optimizer.Step(state, mean);
            algorithm.Project(state);
            yield return OracleResult.Compare(
                $"{method.Name} round {round + 1}", state, run.GetProperty("global")[round].Vector(),
                FixtureReader.Loose);
        }
    }

    private static IEnumerable<OracleResult> ScaffoldRounds(
        IModel<double> model, double[] start, MetaTask<double>[] clients, JsonElement run)
    {
        var d = start.Length;
        var theta = (double[])start.Clone();
        var shared = new double[d];
        double[][] own = [.. clients.Select(_ => new double[d])];
        for (var round = 0; round < run.GetProperty("global").GetArrayLength(); round++)
        {
            var sum = new double[2 * d];
            var update = new double[2 * d];
            for (var c = 0; c < clients.Length; c++)
            {
                Scaffold.SiteUpdate<double>(
                    model, theta, clients[c].All, (int)run.Number("local_steps"), run.Number("lr"), shared, own[c],
                    update);
                FlatVector.AddScaled(sum, 1.0 / clients.Length, update);
            }

            FlatVector.AddScaled(theta, -run.Number("server_lr"), sum.AsSpan(0, d));
            FlatVector.AddScaled(shared, 1.0, sum.AsSpan(d));
            yield return OracleResult.Compare(
                $"scaffold round {round + 1}", theta, run.GetProperty("global")[round].Vector(), FixtureReader.Loose);
        }
    }

    private static IEnumerable<OracleResult> MoreauStep(
        IModel<double> model, double[] theta, MetaTask<double> client, JsonElement run)
    {
        var lambda = run.Number("lambda");
        var algorithm = MetaAlgorithms.Create<double>(
            new AlgorithmSettings("pfedme", run.Number("inner_lr"), (int)run.Number("inner_steps"), lambda),
            model.Spec);
        var update = new double[theta.Length];
        algorithm.TaskUpdate(model, theta, client, update);
        var personal = (double[])theta.Clone();
        FlatVector.AddScaled(personal, -1 / lambda, update);
        yield return OracleResult.Compare("pfedme personal", personal, run.Vector("theta_tilde"), FixtureReader.Loose);
        var shared = (double[])theta.Clone();
        FlatVector.AddScaled(shared, -0.1, update);
        yield return OracleResult.Compare("pfedme shared", shared, run.Vector("w_after_eta0.1"), FixtureReader.Loose);
    }

    private static IEnumerable<OracleResult> Implicit(IModel<double> model, MetaTask<double> client, JsonElement run)
    {
        var phi = run.Vector("phi");
        var vector = new double[phi.Length];
        model.Gradient(phi, client.Query, vector);
        yield return OracleResult.Compare(
            "imaml query gradient", vector, run.Vector("query_grad"), FixtureReader.Tight);
        ImplicitMaml.Gradient<double>(model, phi, client.Support, client.Query, run.Number("lambda"), vector);
        yield return OracleResult.Compare(
            "imaml implicit gradient", vector, run.Vector("implicit_grad"), FixtureReader.Loose);
    }
}

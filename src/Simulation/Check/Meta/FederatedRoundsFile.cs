using System.Text.Json;
using FedMeta.Learning;

namespace FedMeta.Simulation.Check.Meta;

/// <summary>A few clients, a few rounds, every algorithm.</summary>
internal sealed class FederatedRoundsFile : OracleFormat
{
    protected override IReadOnlyCollection<string> Inputs { get; } = ["clients"];

    public override bool Recognises(OracleFile file) => file.Has("clients", "runs");

    public override IEnumerable<string> RowsOf(OracleFile file) =>
        base.RowsOf(file).Where(r => r != "runs").Concat(
            from run in file.Root.Property("runs").EnumerateObject()
            from method in run.Value.EnumerateObject()
            where method.Name is not ("model" or "theta0")
            select $"runs.{run.Name}.{method.Name}");

    public override void Check(OracleFile file, CheckReport report)
    {
        MetaTask<double>[] clients =
        [
            .. file.Root.Property("clients").EnumerateArray()
            .Select(c => new MetaTask<double>(c.Batch(), c.Property("support_rows").GetInt32())),
        ];
        foreach (var run in file.Root.Property("runs").EnumerateObject())
        {
            var model = ManagedEngine.Instance.Build<double>(
                FixtureModels.Spec(run.Value.Property("model"), "bce_logits"));
            foreach (var method in run.Value.EnumerateObject().Where(m => m.Name is not ("model" or "theta0")))
            {
                var row = $"runs.{run.Name}.{method.Name}";
                Guarded(report, row, () =>
                    CheckMethod(row, model, run.Value.Vector("theta0"), clients, method, report));
            }
        }
    }

    private static void CheckMethod(
        string row, IModel<double> model, double[] theta, MetaTask<double>[] clients, JsonProperty method,
            CheckReport report)
    {
        switch (method.Name)
        {
            case "pfedme_client0":
                CheckMoreauStep(row, model, theta, clients[0], method.Value, report);
                break;
            case "imaml_client0":
                CheckImplicit(row, model, clients[0], method.Value, report);
                break;
            default:
                CheckRounds(row, model, theta, clients, method, report);
                break;
        }
    }

    private static void CheckRounds(
        string row, IModel<double> model, double[] theta, MetaTask<double>[] clients, JsonProperty method,
            CheckReport report)
    {
        var run = method.Value;
        double Number(string name, double otherwise) =>
            run.TryGetProperty(name, out var value) ? value.AsNumber() : otherwise;
        var name = method.Name switch
        {
            "fedmeta_metasgd" => "meta-sgd",
            var n when n.StartsWith("fedmeta_", StringComparison.Ordinal) => n["fedmeta_".Length..],
            var n => n.Split('_')[0],
        };
        var settings =
            new AlgorithmSettings(name, Number("alpha", Number("lr", 0)), (int)Number("K", Number("local_steps", 0)),
                Number("mu", 0));
        var algorithm = MetaAlgorithms.Create<double>(settings, model.Spec);
        var weights = run.TryGetProperty("weights", out var w) && w.ValueKind == JsonValueKind.Array
            ? w.AsVector()
            : FixtureModels.Filled(clients.Length, 1);
        var optimizer =
            ServerOptimizer.Create(
                new ServerOptimizerSettings("sgd", Number("server_lr", 1)), ServerStep.OptimizedLength(algorithm));
        var state = algorithm.InitialState(theta);
        var sites = algorithm as ISiteState<double>;
        double[][] own = [.. clients.Select(_ => new double[sites?.OwnLength ?? 0])];
        var update = new double[algorithm.UploadLength];
        for (var round = 0; round < run.Property("global").GetArrayLength(); round++)
        {
            var mean = new double[algorithm.UploadLength];
            for (var c = 0; c < clients.Length; c++)
            {
                (sites?.OfSite(own[c]) ?? algorithm).TaskUpdate(model, state, clients[c], update);
                sites?.Advance(own[c], update);
                FlatVector.AddScaled(mean, weights[c] / weights.Sum(), update);
                if (round > 0 || !run.TryGetProperty("round1_client_vectors", out var vectors)) continue;
                var reference = vectors[c].AsVector();
                report.Vector(row, "round1_client_vectors", update.AsSpan(0, reference.Length), reference,
                    FixtureModels.Loose);
            }

            ServerStep.Apply(algorithm, optimizer, state, mean);
            report.Vector(row, "global", state.AsSpan(0, sites is null ? state.Length : theta.Length),
                run.Property("global")[round].AsVector(), FixtureModels.Loose);
        }
    }

    private static void CheckMoreauStep(
        string row, IModel<double> model, double[] theta, MetaTask<double> client, JsonElement run, CheckReport report)
    {
        var lambda = run.Number("lambda");
        var algorithm = MetaAlgorithms.Create<double>(
            new AlgorithmSettings("pfedme", run.Number("inner_lr"), (int)run.Number("inner_steps"), lambda),
                model.Spec);
        var update = new double[theta.Length];
        algorithm.TaskUpdate(model, theta, client, update);
        var personal = (double[])theta.Clone();
        FlatVector.AddScaled(personal, -1 / lambda, update);
        report.Vector(row, "theta_tilde", personal, run.Vector("theta_tilde"), FixtureModels.Loose);
        var shared = (double[])theta.Clone();
        FlatVector.AddScaled(shared, -0.1, update);
        report.Vector(row, "w_after_eta0.1", shared, run.Vector("w_after_eta0.1"), FixtureModels.Loose);
    }

    private static void CheckImplicit(string row, IModel<double> model, MetaTask<double> client, JsonElement run,
        CheckReport report)
    {
        var phi = run.Vector("phi");
        var vector = new double[phi.Length];
        model.Gradient(phi, client.Query, vector);
        report.Vector(row, "query_grad", vector, run.Vector("query_grad"), FixtureModels.Tight);
        ImplicitMaml.Gradient<double>(model, phi, client.Support, client.Query, run.Number("lambda"), vector);
        report.Vector(row, "implicit_grad", vector, run.Vector("implicit_grad"), FixtureModels.Loose);
    }
}

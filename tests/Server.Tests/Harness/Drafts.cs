using System.Text;

namespace FedMeta.Server.Tests.Harness;

/// <summary>Study files for tests.</summary>
internal static class Drafts
{
    /// <summary>The same with the gradients of single patients.</summary>
    public static byte[] Patients(int rounds = 2, string extra = "") => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(Sound(rounds))
            .Replace("algorithm = \"maml\"", "algorithm = \"fedsgd\"", StringComparison.Ordinal)
            .Replace("label = \"label\"", "label = \"label\"\nmax_rows = 100", StringComparison.Ordinal)
            .Replace("clip = 0.5", $"clip = 0.5\n{extra}", StringComparison.Ordinal));

    /// <summary>A sound draft; <paramref name="layers"/> empty is a logistic model of two inputs.</summary>
    public static byte[] Sound(int rounds = 2, string layers = "", string extra = "") => Encoding.UTF8.GetBytes($$"""
        [study]
        name = "test"
        purpose = "A study for tests"

        [data]
        label = "label"

        [data.features]
        a = [0, 1]
        b = [0, 1]

        [model]
        kind = "{{(layers.Length == 0 ? "logistic" : "mlp-relu")}}"
        layers = [{{layers}}]

        [meta]
        algorithm = "maml"
        tasks = 10
        outer = "adam"

        [aggregation]
        threshold = 4
        min_peers = 5
        {{extra}}

        [privacy]
        unit = "patient"
        epsilon = 3.0
        delta = 1e-5
        clip = 0.5

        [rounds]
        count = {{rounds}}
        deadline = "10s"
        """);
}

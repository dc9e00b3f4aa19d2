using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>One row of the table: a network, a number of shots, a method, and who holds the data.</summary>
/// <param name="Net"><c>conv</c> or <c>mlp</c>.</param>
/// <param name="Shots">Drawings of a class to adapt on.</param>
/// <param name="Method">The library's algorithm, or <c>scratch</c> for a network that was never trained.</param>
/// <param name="Clients">Who holds the training drawings.</param>
/// <param name="Iterations">Meta-iterations of the whole run.</param>
internal sealed record OmniglotRow(string Net, int Shots, string Method, ClientKind Clients, int Iterations)
{
    /// <summary>The name of an untrained network's row.</summary>
    public const string Scratch = "scratch";

    /// <summary>Rate of the inner steps, in training and in adaptation.</summary>
    public const double InnerRate = 0.1;

    /// <summary>Inner steps in training.</summary>
    public const int InnerSteps = 3;

    /// <summary>For example <c>conv-1-maml-alphabets</c>.</summary>
    public string Key => FormattableString.Invariant($"{Net}-{Shots}-{Method}") + Clients switch
    {
        ClientKind.Pooled => "",
        ClientKind.Alphabets => "-alphabets",
        _ => "-drawers",
    };

    /// <summary>All rows, the reference's first.</summary>
    public static IReadOnlyList<OmniglotRow> All { get; } =
    [
        .. Of("conv", 1, (Scratch, 0), ("maml", 1200), ("anil", 700), ("fomaml", 700), ("protonet", 1500)),
        .. Of("mlp", 1, (Scratch, 0), ("maml", 700)),
        .. Of("conv", 5, (Scratch, 0), ("maml", 500), ("anil", 500), ("fomaml", 500), ("protonet", 500)),
        .. Of("mlp", 5, (Scratch, 0), ("maml", 500)),
        .. Federated("conv", 1, "maml", 1200),
        .. Federated("conv", 1, "anil", 700),
        .. Federated("conv", 1, "protonet", 1500),
        .. Federated("mlp", 1, "maml", 700),
        .. Federated("conv", 5, "maml", 500),
        .. Federated("conv", 5, "anil", 500),
        .. Federated("conv", 5, "protonet", 500),
        .. Federated("mlp", 5, "maml", 500),
    ];

    /// <summary>The network for images of <paramref name="side"/> pixels a side.</summary>
    public ModelSpec Spec(int side) => Net == "conv"
        ? ModelSpec.FromStudy("conv-relu", side * side, OmniglotClients.Ways, [1, 16, 16, 16], "ce")
        : ModelSpec.FromStudy("mlp-relu", side * side, OmniglotClients.Ways, [128, 64], "ce");

    private static IEnumerable<OmniglotRow> Of(string net, int shots, params (string Method, int Iterations)[] rows) =>
        rows.Select(r => new OmniglotRow(net, shots, r.Method, ClientKind.Pooled, r.Iterations));

    private static IEnumerable<OmniglotRow> Federated(string net, int shots, string method, int iterations) =>
        new[] { ClientKind.Alphabets, ClientKind.Drawers }.Select(clients =>
            new OmniglotRow(net, shots, method, clients, iterations));
}

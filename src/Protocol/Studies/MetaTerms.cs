namespace FedMeta.Protocol;

/// <summary>The meta-learning algorithm.</summary>
/// <param name="Algorithm">maml, fomaml, meta-sgd, anil, bias-only, reptile, fedavg, per-fedavg or fedsgd.</param>
/// <param name="InnerSteps">Gradient steps inside a task.</param>
/// <param name="InnerRate">Learning rate inside a task.</param>
/// <param name="Shots">Patients in a task's support, and as many in its query.</param>
/// <param name="Tasks">Public constant: vectors expected per round over all hospitals (tasks, or patients where each
/// patient's gradient is one); the sum is divided by it, whoever turns out to be there.</param>
/// <param name="Outer">sgd, momentum, adam, yogi or adagrad.</param>
/// <param name="OuterRate">The server's learning rate.</param>
/// <param name="Seed">Of the initial model; at least 0.</param>
public sealed record MetaTerms(
    string Algorithm,
    int InnerSteps,
    double InnerRate,
    int Shots,
    int Tasks,
    string Outer,
    double OuterRate,
    long Seed);

namespace FedMeta.Protocol;

/// <summary>The meta-learning algorithm.</summary>
/// <param name="Algorithm">One of docs/reference/algorithms.md.</param>
/// <param name="InnerSteps">Gradient steps inside a task.</param>
/// <param name="InnerRate">Learning rate inside a task.</param>
/// <param name="Shots">Patients in a task's support, and as many in its query.</param>
/// <param name="Tasks">Public constant: vectors expected per round over all hospitals (tasks, or patients where each
/// patient's gradient is one); the sum is divided by it, whoever turns out to be there.</param>
/// <param name="Outer">sgd, momentum, adam, yogi or adagrad.</param>
/// <param name="OuterRate">The server's learning rate.</param>
/// <param name="Seed">Of the initial model; at least 0.</param>
/// <param name="Batch">Patients of an inner step, drawn by the seed of the task; 0 for all.</param>
/// <param name="Proximal">Strength of the pull towards the shared model, for the algorithms that have one.</param>
/// <param name="LocalRate">Learning rate of per-fedavg's local meta-steps.</param>
public sealed record MetaTerms(
    string Algorithm,
    int InnerSteps,
    double InnerRate,
    int Shots,
    int Tasks,
    string Outer,
    double OuterRate,
    long Seed,
    int Batch = 0,
    double Proximal = 1,
    double LocalRate = 0.1);

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>An alphabet and the published small sets that it is part of.</summary>
/// <param name="Name">For example <c>Korean</c>.</param>
/// <param name="Sets">1 the first set, 2 the second, 3 both.</param>
internal readonly record struct Alphabet(string Name, int Sets)
{
    /// <summary>In the first set: training.</summary>
    public bool IsTraining => (Sets & 1) != 0;

    /// <summary>In the second set alone. Alphabets of both would let half the test classes be seen in
    /// training.</summary>
    public bool IsTest => Sets == 2;
}

namespace FedMeta.Tests.Support;

/// <summary>A study over two features.</summary>
public static class SmallStudy
{
    /// <summary>The author's file.</summary>
    /// <param name="tasks">The public number that sums are divided by.</param>
    /// <param name="rounds">Rounds of the study.</param>
    /// <param name="deadline">Of each phase, as the file writes it.</param>
    /// <param name="aggregation">Further lines of its aggregation.</param>
    public static string Draft(int tasks, int rounds, string deadline, string aggregation = "") => $"""
        [study]
        name = "heart"
        purpose = "A test"
        [data]
        label = "label"
        min_rows = 10
        [data.features]
        age = [50, 10]
        chol = [220, 60]
        [model]
        kind = "logistic"
        layers = []
        [meta]
        algorithm = "maml"
        shots = 2
        tasks = {tasks}
        [aggregation]
        threshold = 4
        min_peers = 5
        {aggregation}
        [privacy]
        unit = "patient"
        epsilon = 3.0
        delta = 1e-5
        clip = 0.5
        [rounds]
        count = {rounds}
        deadline = "{deadline}"
        """;
}

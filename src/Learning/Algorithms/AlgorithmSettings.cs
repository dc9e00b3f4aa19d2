namespace FedMeta.Learning;

/// <summary>What a study says about its algorithm.</summary>
/// <param name="Name">One of <see cref="MetaAlgorithms.Names"/>.</param>
/// <param name="InnerRate">Rate of the inner (local) steps, above 0; for meta-sgd the starting rate of every
/// coordinate.</param>
/// <param name="InnerSteps">K, 1 .. 1000; for fedavg, fedprox and reptile the local steps.</param>
/// <param name="Proximal">Pull towards the shared vector: mu of fedprox, lambda of imaml, pfedme and
/// ditto; 0 or more.</param>
/// <param name="LocalRate">Rate beta of per-fedavg's local meta-steps, above 0.</param>
/// <param name="BatchSize">Records of an inner step, drawn by the task's seed (<see cref="Minibatches"/>); 0 for
/// all.</param>
public sealed record AlgorithmSettings(
    string Name, double InnerRate, int InnerSteps, double Proximal = 1, double LocalRate = 0.1, int BatchSize = 0)
{
    /// <summary>Everything that is wrong, in words.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (!MetaAlgorithms.Names.Contains(Name))
            problems.Add($"algorithm '{Name}' is none of {string.Join(", ", MetaAlgorithms.Names)}");
        if (!(InnerRate > 0 && double.IsFinite(InnerRate))) problems.Add("the inner rate must be above 0");
        if (InnerSteps is < 1 or > 1000) problems.Add("the inner steps must be 1 .. 1000");
        if (!(Proximal >= 0 && double.IsFinite(Proximal))) problems.Add("the proximal strength must be 0 or more");
        if (Name == "imaml" && Proximal == 0) problems.Add("imaml needs a proximal strength above 0");
        if (!(LocalRate > 0 && double.IsFinite(LocalRate))) problems.Add("the local rate must be above 0");
        if (BatchSize < 0) problems.Add("the batch must be 0 or more records");
        if (BatchSize > 0 && MetaAlgorithms.Find(Name)?.Keys.HasFlag(AlgorithmKeys.Batch) == false)
            problems.Add($"{Name} has no inner steps that could take a batch of {BatchSize}");
        return problems;
    }
}

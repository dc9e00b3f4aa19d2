namespace FedMeta.Learning;

/// <summary>Checked input of <see cref="RobustCombiner"/>: vectors of one length and weights that sum to 1.</summary>
internal sealed class GroupMeans
{
    public GroupMeans(IReadOnlyList<double[]> means, IReadOnlyList<double>? weights)
    {
        ArgumentNullException.ThrowIfNull(means);
        if (means.Count == 0)
            throw new ArgumentException("there is no group to combine", nameof(means));
        foreach (var mean in means)
        {
            FlatVector.RequireSameLength(means[0].Length, mean.Length);
            if (!FlatVector.IsFinite<double>(mean))
                throw new ArgumentException("a group's mean holds a number that is not finite", nameof(means));
        }

        if (weights is not null && weights.Count != means.Count)
            throw new ArgumentException($"{means.Count} groups and {weights.Count} weights", nameof(weights));
        if (weights?.Any(w => !(w > 0 && double.IsFinite(w))) == true)
            throw new ArgumentException("a weight must be above 0 and finite", nameof(weights));
        Vectors = means;
        var total = weights?.Sum() ?? means.Count;
        Weights = [.. Enumerable.Range(0, means.Count).Select(i => (weights?[i] ?? 1) / total)];
    }

    /// <summary>One a group.</summary>
    public IReadOnlyList<double[]> Vectors { get; }

    /// <summary>Positive, of sum 1.</summary>
    public double[] Weights { get; }

    /// <summary>Entries of every vector.</summary>
    public int Length => Vectors[0].Length;

    public double[] Mean()
    {
        var mean = new double[Length];
        for (var g = 0; g < Vectors.Count; g++)
            FlatVector.AddScaled<double>(mean, Weights[g], Vectors[g]);
        return mean;
    }

    /// <summary>Applies a rule to every coordinate: it gets the values in ascending order and their weights.</summary>
    public double[] PerCoordinate(Func<double[], double[], double> rule)
    {
        var result = new double[Length];
        var (values, weights) = (new double[Vectors.Count], new double[Vectors.Count]);
        for (var i = 0; i < result.Length; i++)
        {
            for (var g = 0; g < values.Length; g++)
                (values[g], weights[g]) = (Vectors[g][i], Weights[g]);
            Array.Sort(values, weights);
            result[i] = rule(values, weights);
        }

        return result;
    }
}

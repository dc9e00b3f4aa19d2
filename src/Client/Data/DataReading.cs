namespace FedMeta.Client.Data;

/// <summary>The outcome of reading a data file: a table, or the reasons why there is none, all at a time.</summary>
/// <param name="Table">The rows; null when any problem is not a mere warning.</param>
/// <param name="Problems">Faults and warnings in the order of the file, at most <see cref="MaxProblems"/>.</param>
internal sealed record DataReading(SiteTable? Table, IReadOnlyList<DataProblem> Problems)
{
    /// <summary>A file with one wrong column would otherwise print a line for every row.</summary>
    public const int MaxProblems = 20;

    /// <summary>Those that let the site take part all the same.</summary>
    public IEnumerable<DataProblem> Warnings => Problems.Where(problem => problem.IsWarning);

    /// <summary>Those that do not.</summary>
    public IEnumerable<DataProblem> Faults => Problems.Where(problem => !problem.IsWarning);
}

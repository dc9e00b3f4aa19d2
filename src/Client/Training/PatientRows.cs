using FedMeta.Learning;

namespace FedMeta.Client.Training;

/// <summary>Which training rows a round uses where each patient's gradient is a vector of its own.</summary>
internal static class PatientRows
{
    /// <summary>
    /// All rows in their order; where there are more than <paramref name="most"/>, as many, drawn anew by each seed so
    /// that all take their turn. The choice depends on the number of rows and public constants and on no value.
    /// </summary>
    /// <param name="count">Training rows.</param>
    /// <param name="most">Rows that one round uses at most.</param>
    /// <param name="seed">Of the attempt.</param>
    public static IEnumerable<int> Of(int count, int most, ulong seed) => count <= most
        ? Enumerable.Range(0, count)
        : new SeededGenerator(seed).Permutation(count).Take(most);
}

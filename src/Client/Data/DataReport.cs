namespace FedMeta.Client.Data;

/// <summary>What <c>data check</c> found for one study: counts and places, never a value.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="File">The file that was read.</param>
/// <param name="Rows">Rows in it; 0 where it cannot be read.</param>
/// <param name="TrainRows">Of these for training.</param>
/// <param name="TestRows">Of these held out.</param>
/// <param name="Tasks">Tasks or updates that a round would contribute.</param>
/// <param name="SplitSeed">Seed of the split; null where the file's fold column decides.</param>
/// <param name="Columns">One line for each feature.</param>
/// <param name="Problems">Faults and warnings.</param>
internal sealed record DataReport(
    string Study,
    string File,
    int Rows,
    int TrainRows,
    int TestRows,
    int Tasks,
    ulong? SplitSeed,
    IReadOnlyList<ColumnQuality> Columns,
    IReadOnlyList<DataProblem> Problems);

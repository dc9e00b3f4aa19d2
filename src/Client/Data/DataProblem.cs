namespace FedMeta.Client.Data;

/// <summary>
/// One thing wrong with a data file, in words. Says where (row and column) and never what stands there: a cell is
/// patient data, and an error message travels into logs, tickets and mails.
/// </summary>
/// <param name="Fault">Which of the known faults.</param>
/// <param name="What">One sentence for the person at the hospital.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="IsWarning">True where the site may still take part.</param>
internal sealed record DataProblem(DataFault Fault, string What, string Hint, bool IsWarning = false);

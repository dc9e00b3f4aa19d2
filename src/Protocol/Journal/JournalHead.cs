namespace FedMeta.Protocol;

/// <summary>The end of a journal: all that two parties need to compare to know that they hold the same one.</summary>
/// <param name="Sequence">Number of the last record; 0 where the journal is empty.</param>
/// <param name="Hash">Hash of the last record; zero where the journal is empty.</param>
public readonly record struct JournalHead(long Sequence, Sha256Digest Hash);

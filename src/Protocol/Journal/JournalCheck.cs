namespace FedMeta.Protocol;

/// <summary>What the verification of a journal, or of an exported part of it, found.</summary>
/// <param name="First">Number of the first record; 0 where there is none.</param>
/// <param name="Head">The last record that is right.</param>
/// <param name="WrongRecord">Number of the first wrong record, or null. Nothing after it was looked at.</param>
/// <param name="Problem">What is wrong with it, in words, or null.</param>
/// <param name="TornBytes">Length of a torn line at the end: not damage, a copy that was taken during an
/// append.</param>
public sealed record JournalCheck(long First, JournalHead Head, long? WrongRecord, string? Problem, int TornBytes)
{
    /// <summary>Every record is right and follows from the one before it.</summary>
    public bool IsIntact => WrongRecord is null;
}

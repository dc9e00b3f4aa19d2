using FedMeta.Protocol;
using FedMeta.Server.Audit;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.Tests.Harness;

/// <summary>The coordinator's journal as it is handed to an auditor, true or rewritten.</summary>
internal static class JournalCopies
{
    /// <summary>Every line so far, from the first.</summary>
    public static MemoryStream Lines(this Federation federation)
    {
        var lines = new MemoryStream();
        federation.Journal.Export(lines);
        lines.Position = 0;
        return lines;
    }

    /// <summary>
    /// What an audit says of the journal written again by a coordinator that lies in one place and chains all of it
    /// anew; null where it finds nothing.
    /// </summary>
    /// <param name="federation">Whose journal.</param>
    /// <param name="lie">Answers the fact that takes a fact's place, or null to leave it out.</param>
    public static string? FindingAfter(this Federation federation, Func<Fact, Fact?> lie)
    {
        using var storage = new MemoryStorage();
        using var journal = Journal.Open(storage, federation.Time);
        using var lines = federation.Lines();
        JournalFile.Verify(lines, record =>
        {
            if (lie(FactCodec.Read(record.Type, record.Body)!) is not { } fact)
                return;
            var (type, body) = FactCodec.Write(fact);
            journal.Append(new JournalEntry(record.Actor, type, body));
        });
        using var forged = new MemoryStream(storage.ToArray());
        return JournalAudit.Run(forged, null).Finding?.What;
    }
}

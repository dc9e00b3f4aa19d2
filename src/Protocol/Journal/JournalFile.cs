namespace FedMeta.Protocol;

/// <summary>Verifies a journal from its bytes alone, without its owner.</summary>
public static class JournalFile
{
    /// <summary>
    /// Checks every line of <paramref name="stream"/>: form, number, hash, chain. A part of a journal may begin at any
    /// record; then its first link is taken as given (compare <see cref="JournalRecord.Previous"/> with an anchor
    /// elsewhere).
    /// </summary>
    /// <param name="stream">JSON lines, as <see cref="Journal.Export"/> writes them. Nobody's word is taken for the
    /// content.</param>
    /// <param name="observe">Is handed every right record, in order.</param>
    public static JournalCheck Verify(Stream stream, Action<JournalRecord>? observe = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var lines = new JournalLines(stream);
        long first = 0;
        JournalHead? head = null;
        while (lines.Next())
        {
            var problem = Examine(lines, head, out var record);
            if (problem is null && record is null) return new(first, head ?? default, null, null, lines.Line.Length);
            if (problem is not null) return new(first, head ?? default, (head?.Sequence ?? 0) + 1, problem, 0);
            if (first == 0) first = record!.Sequence;
            head = new JournalHead(record!.Sequence, record.Hash);
            observe?.Invoke(record);
        }

        return new(first, head ?? default, null, null, 0);
    }

    /// <summary>Verifies the file at <paramref name="path"/>.</summary>
    /// <exception cref="FedMetaException">The file is missing or may not be read.</exception>
    public static JournalCheck Verify(string path, Action<JournalRecord>? observe = null)
    {
        using var stream = EnvironmentFaults.Explaining(
            path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return Verify(stream, observe);
    }

    private static string? Examine(JournalLines lines, JournalHead? head, out JournalRecord? record)
    {
        record = null;
        if (lines.IsTooLong) return "it has no end";
        if (!lines.IsTerminated) return TornTail.IsInterruptedAppend(lines.Line.Span) ? null : "its end was changed";
        var problem = JournalCodec.Decode(lines.Line, head, out record);
        if (problem is not null || head is not null) return problem;
        return record!.Sequence == 1 && record.Previous != default ? "the first record follows from nothing" : null;
    }
}

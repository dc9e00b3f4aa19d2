namespace FedMeta.Protocol;

/// <summary>Reads the study file that an author writes.</summary>
public static class StudyDraft
{
    /// <summary>Reads a text; hostile bytes give problems, never exceptions.</summary>
    public static StudyReading<StudyTerms> Read(ReadOnlySpan<byte> utf8)
    {
        string[] resolved = [StudyKeys.Mechanism, StudyKeys.Initial, StudyKeys.Members];
        var reader = SettingsReader.Read(utf8, StudyKeys.Set, [StudyKeys.Features, .. resolved]);
        foreach (var table in resolved)
        {
            if (reader.Find(table) is { } value)
                reader.Refuse(value.Line, $"[{table}] stands in a draft", "remove it; study propose writes it");
        }

        var terms = TermsReader.Read(reader);
        return new(terms, reader.Problems);
    }

    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <exception cref="FedMetaException">The file is missing or may not be read.</exception>
    public static StudyReading<StudyTerms> Read(string path) => Read(ConfigurationFile.ReadBytes(path));
}

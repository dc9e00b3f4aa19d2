namespace FedMeta.Protocol;

/// <summary>Finds keys and tables that a file may not have, and says which was meant.</summary>
internal static class UnknownKeys
{
    public static void Find(
        TomlTable root, SettingSet set, IReadOnlyList<string> free, List<DocumentProblem> problems) =>
        Find(root, "", set, free, problems);

    private static void Find(
        TomlTable table, string section, SettingSet set, IReadOnlyList<string> free, List<DocumentProblem> problems)
    {
        foreach (var name in table.Keys)
        {
            if (problems.Count >= TomlLimits.Problems) return;
            var path = section.Length == 0 ? name : $"{section}.{name}";
            var value = table[name];
            if (free.Contains(path) || set.Keys.Any(key => key.Path == path)) continue;
            if (value is TomlTable inner && IsSection(path, set, free))
            {
                Find(inner, path, set, free, problems);
                continue;
            }

            var hint = Hint(name, section, value, set, free);
            problems.Add(new(value.Line, $"there is no {Word(value)} '{path}'", hint));
        }
    }

    private static bool IsSection(string path, SettingSet set, IReadOnlyList<string> free) =>
        set.Sections.Concat(free).Any(known => known == path || known.StartsWith(path + ".", StringComparison.Ordinal));

    private static string Word(TomlValue value) => value is TomlTable or TomlTableArray ? "table" : "key";

    private static string Hint(string name, string section, TomlValue value, SettingSet set, IReadOnlyList<string> free)
    {
        if (value is TomlTable or TomlTableArray)
        {
            var tables = set.Sections.Where(known => known.Length > 0).Concat(free).Distinct().ToList();
            var path = section.Length == 0 ? name : $"{section}.{name}";
            return NearestWord.Find(path, tables) is { } table
                ? $"did you mean [{table}]?"
                : tables.Count == 0 ? "the file has no tables" : $"the tables are {string.Join(", ", tables)}";
        }

        var here = set.Keys.Where(key => key.Section == section).Select(key => key.Name).ToList();
        if (NearestWord.Find(name, here) is { } near) return $"did you mean '{near}'?";
        if (set.Keys.FirstOrDefault(key => key.Name == name) is { } elsewhere)
            return elsewhere.Section.Length == 0
                ? "it stands at the top of the file"
                : $"it stands in [{elsewhere.Section}]";
        return here.Count == 0 ? "the keys stand in tables" : $"the keys here are {string.Join(", ", here)}";
    }
}

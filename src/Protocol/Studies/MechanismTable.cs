namespace FedMeta.Protocol;

/// <summary>
/// The table <c>[mechanism]</c>: what was derived from the budget, as text that every party compares.
/// </summary>
internal static class MechanismTable
{
    private const int MaxKeys = 64, MaxKey = 64, MaxValue = 2000;

    public static IReadOnlyDictionary<string, string> Read(SettingsReader reader)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (reader.Find(StudyKeys.Mechanism) is not TomlTable table)
        {
            reader.Refuse(0, "there is no mechanism", "take the document as study propose wrote it");
            return values;
        }

        foreach (var name in table.Keys)
        {
            if (table[name] is TomlText text) values.Add(name, text.Value);
            else reader.Refuse(
                table[name].Line, $"'mechanism.{name}' is no text", "take the document as study propose wrote it");
        }

        var problems = new List<DocumentProblem>();
        Check(values, table.Line, problems);
        foreach (var problem in problems) reader.Refuse(problem.Line, problem.What, problem.Hint);
        return values;
    }

    public static void Check(IReadOnlyDictionary<string, string> values, int line, List<DocumentProblem> problems)
    {
        if (values.Count is 0 or > MaxKeys)
            problems.Add(new(line, $"the mechanism has {values.Count} entries", $"1 to {MaxKeys} can be"));
        foreach (var (key, value) in values)
        {
            if (key.Length is > 0 and <= MaxKey && key.All(IsKeyCharacter) && PlainText.IsOneLine(value, MaxValue))
                continue;
            problems.Add(
                new(line, "an entry of the mechanism cannot be written", "keys are a-z, 0-9 and _, values one line"));
        }
    }

    private static bool IsKeyCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_';
}

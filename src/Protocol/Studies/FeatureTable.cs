namespace FedMeta.Protocol;

/// <summary>
/// The table <c>[data.features]</c>: a line <c>column = [centre, scale]</c> for each input of the model, or for each
/// <see cref="FeatureRange"/> of them.
/// </summary>
internal static class FeatureTable
{
    private const string Hint = "write column = [centre, scale] with a scale above 0, or column = [0, 1]";

    public static IReadOnlyList<Feature> Read(SettingsReader reader)
    {
        var features = new List<Feature>();
        if (reader.Find(StudyKeys.Features) is not TomlTable { Keys.Count: > 0 and <= StudyKeys.MaxFeatures } table)
        {
            reader.Refuse(
                reader.Find(StudyKeys.Features)?.Line ?? 0,
                $"there are no features, or more than {StudyKeys.MaxFeatures}",
                $"open the table [{StudyKeys.Features}]; {Hint}");
            return features;
        }

        foreach (var name in table.Keys)
        {
            var value = table[name];
            if (!PlainText.IsOneLine(name, StudyKeys.MaxColumn))
                reader.Refuse(
                    value.Line, "a feature's name is no visible text", "name the column as the file's first line does");
            else if (Constants(value) is not { } pair)
                reader.Refuse(value.Line, $"feature '{name}' has no centre and scale", Hint);
            else if (!FeatureRange.IsRange(name))
                features.Add(new Feature(name, pair.Centre, pair.Scale));
            else if (FeatureRange.Names(name) is { } names)
                features.AddRange(names.Select(each => new Feature(each, pair.Centre, pair.Scale)));
            else
                reader.Refuse(value.Line, $"'{name}' is no range of columns",
                    "write for example \"px_0..px_783\" = [0, 1]: the same word on either side, numbers without zeros in "
                        + "front");
            if (features.Count <= StudyKeys.MaxFeatures) continue;
            // Many ranges in a short document: what follows is not even listed.
            reader.Refuse(value.Line, $"there are more than {StudyKeys.MaxFeatures} features", "leave columns out");
            return features;
        }

        foreach (var twins in features.GroupBy(feature => feature.Name).Where(group => group.Count() > 1))
            reader.Refuse(table.Line, $"feature '{twins.Key}' stands twice", "leave it out of the range, or the line");
        return features;
    }

    private static (double Centre, double Scale)? Constants(TomlValue value)
    {
        if (value is not TomlArray { Items: [var first, var second] }) return null;
        if (!NumberSetting.TryRead(first, out var centre) || !NumberSetting.TryRead(second, out var scale)) return null;

        // A scale so small that the quotient overflows is no scale.
        return Math.Abs(centre) <= 1e12 && scale is >= 1e-12 and <= 1e12 ? (centre, scale) : null;
    }
}

namespace FedMeta.Protocol;

/// <summary>Holds the keys of [meta] that not every algorithm uses against the algorithm.</summary>
internal static class AlgorithmComparison
{
    /// <summary>The keys that some algorithms use and others do not, with those that do.</summary>
    public static IReadOnlyList<(SettingKey Key, IReadOnlyList<string> UsedBy)> Uses { get; } =
    [
        (StudyKeys.InnerSteps, Except("protonet", "cnp", "fedsgd")),
        (StudyKeys.InnerRate, Except("protonet", "cnp")),
        (StudyKeys.Batch, Except("protonet", "cnp", "fedsgd")),
        (StudyKeys.Probe, Except("protonet", "cnp")),
        (StudyKeys.Proximal, ["imaml", "fedprox", "pfedme", "ditto"]),
        (StudyKeys.LocalRate, ["per-fedavg"]),
    ];

    /// <summary>What a draft already shows. A key counts as written where it differs from its default: the canonical
    /// text has them all.</summary>
    public static void Compare(SettingsReader reader)
    {
        if (!reader.IsRight(StudyKeys.Algorithm)) return;
        var algorithm = reader.Get(StudyKeys.Algorithm);
        foreach (var (key, users) in Uses)
        {
            if (users.Contains(algorithm) || !IsWritten(reader, key)) continue;
            reader.Refuse(
                key,
                $"'{key.Path}' has no meaning for {algorithm}",
                $"remove the line, or choose one of {string.Join(", ", users)}");
        }

        CompareModel(reader, algorithm);
        if (algorithm == "scaffold" && reader.IsRight(StudyKeys.Robust)
            && reader.Get(StudyKeys.Robust) == AggregationTerms.Buckets)
        {
            reader.Refuse(
                StudyKeys.Robust,
                "scaffold's shared control variate is the mean of the hospitals' own, and what groups are combined to "
                    + "is no mean",
                "remove the line, or choose another algorithm");
        }

        if (algorithm == "per-fedavg" && reader.IsRight(StudyKeys.Shots) && reader.Get(StudyKeys.Shots) < 2)
        {
            reader.Refuse(
                StudyKeys.Shots,
                "per-fedavg halves the query of a task, which has one patient",
                "write shots = 2 or more, or choose another algorithm");
        }
    }

    private static void CompareModel(SettingsReader reader, string algorithm)
    {
        if (!reader.IsRight(StudyKeys.Kind)) return;
        var kind = reader.Get(StudyKeys.Kind);
        if (algorithm == "cnp" != (kind == "cnp"))
        {
            reader.Refuse(
                algorithm == "cnp" ? StudyKeys.Kind : StudyKeys.Algorithm,
                $"the model cnp and the algorithm cnp go together, and {kind} with {algorithm} does not",
                "write both, or neither");
        }

        if (algorithm != "protonet") return;
        if (!kind.StartsWith("mlp", StringComparison.Ordinal) && !kind.StartsWith("conv", StringComparison.Ordinal))
            reader.Refuse(StudyKeys.Kind, $"a {kind} model has no hidden layer, whose outputs protonet compares",
                "write kind = \"mlp-relu\" and layers = [16]");
        else if (reader.IsRight(StudyKeys.Loss, StudyKeys.Outputs)
            && (reader.Get(StudyKeys.Loss) == "mse"
                || (reader.Get(StudyKeys.Loss) == "bce" && reader.Get(StudyKeys.Outputs) != 1)))
            reader.Refuse(StudyKeys.Loss, "protonet predicts classes", "remove the line");
    }

    private static bool IsWritten(SettingsReader reader, SettingKey key) => key switch
    {
        IntegerSetting whole => reader.IsRight(key) && reader.Get(whole) != whole.Default,
        TextSetting text => reader.IsRight(key) && reader.Get(text) != text.Default,
        NumberSetting number => reader.IsRight(key) && reader.Get(number) != number.Default,
        _ => false,
    };

    private static IReadOnlyList<string> Except(params string[] names) =>
        [.. StudyKeys.Algorithm.Words.Except(names)];
}

namespace FedMeta.Protocol;

/// <summary>Makes terms of a file's keys and compares the keys with each other.</summary>
internal static class TermsReader
{
    /// <summary>The terms, or null where the reader has problems afterwards.</summary>
    public static StudyTerms? Read(SettingsReader reader)
    {
        var features = FeatureTable.Read(reader);
        Compare(reader, features);
        if (reader.Problems.Count > 0) return null;
        var threshold = Whole(reader, StudyKeys.Threshold);
        var quorum = Whole(reader, StudyKeys.Quorum);
        return new StudyTerms(
            reader.Get(StudyKeys.Name),
            reader.Get(StudyKeys.Purpose),
            new DataTerms(
                reader.Get(StudyKeys.Label),
                Whole(reader, StudyKeys.MinRows),
                reader.Get(StudyKeys.Fold),
                features,
                Whole(reader, StudyKeys.MaxRows),
                reader.Get(StudyKeys.Time)),
            new ModelTerms(
                reader.Get(StudyKeys.Kind), reader.Get(StudyKeys.Layers), Whole(reader, StudyKeys.Outputs),
                reader.Get(StudyKeys.Loss)),
            new MetaTerms(
                reader.Get(StudyKeys.Algorithm),
                Whole(reader, StudyKeys.InnerSteps),
                reader.Get(StudyKeys.InnerRate),
                Whole(reader, StudyKeys.Shots),
                Whole(reader, StudyKeys.Tasks),
                reader.Get(StudyKeys.Outer),
                reader.Get(StudyKeys.OuterRate),
                reader.Get(StudyKeys.Seed),
                Whole(reader, StudyKeys.Batch),
                reader.Get(StudyKeys.Proximal),
                reader.Get(StudyKeys.LocalRate)),
            new AggregationTerms(
                threshold,
                Whole(reader, StudyKeys.MinPeers),
                Whole(reader, StudyKeys.MinHonestInputs),
                Whole(reader, StudyKeys.Bits),
                reader.Get(StudyKeys.Robust),
                Whole(reader, StudyKeys.BucketSize),
                reader.Get(StudyKeys.Combine)),
            new PrivacyTerms(
                reader.Get(StudyKeys.Unit),
                reader.Get(StudyKeys.Epsilon),
                reader.Get(StudyKeys.Delta),
                reader.Get(StudyKeys.Clip),
                Whole(reader, StudyKeys.Colluders),
                reader.Get(StudyKeys.Sampling)),
            new RoundTerms(
                Whole(reader, StudyKeys.Count), reader.Get(StudyKeys.Deadline), quorum == 0 ? threshold : quorum),
            new ChecksTerms(reader.Get(StudyKeys.Probe), reader.Get(StudyKeys.ProbeTolerance)));
    }

    private static int Whole(SettingsReader reader, IntegerSetting key) => checked((int)reader.Get(key));

    private static void Compare(SettingsReader reader, IReadOnlyList<Feature> features)
    {
        CompareColumns(reader, features);
        ModelComparison.Compare(reader);
        BucketComparison.Compare(reader);
        CompareAggregation(reader);
        PatientComparison.Compare(reader);
        AlgorithmComparison.Compare(reader);
        if (reader.IsRight(StudyKeys.MinRows, StudyKeys.Shots, StudyKeys.Algorithm, StudyKeys.Unit)
            && !PatientComparison.IsPerPatient(reader))
        {
            var task = 2 * reader.Get(StudyKeys.Shots);
            if (reader.Get(StudyKeys.MinRows) < task)
            {
                reader.Refuse(
                    StudyKeys.MinRows,
                    $"'{StudyKeys.MinRows.Path}' is less than the {task} patients of one task",
                    $"raise it to {task}, or lower '{StudyKeys.Shots.Path}'");
            }
        }
    }

    private static void CompareColumns(SettingsReader reader, IReadOnlyList<Feature> features)
    {
        foreach (var key in (TextSetting[])[StudyKeys.Label, StudyKeys.Time, StudyKeys.Fold])
        {
            if (!reader.IsRight(key)) continue;
            if (features.Any(feature => feature.Name == reader.Get(key)))
                reader.Refuse(key, $"'{key.Path}' is a feature as well", "remove it from [data.features]");
        }

        if (!reader.IsRight(StudyKeys.Label, StudyKeys.Fold)) return;
        if (reader.Get(StudyKeys.Label) == reader.Get(StudyKeys.Fold))
            reader.Refuse(StudyKeys.Fold, "'data.fold' is the label as well", "name another column, or none");
        if (!reader.IsRight(StudyKeys.Time) || reader.Get(StudyKeys.Time).Length == 0) return;
        if (reader.Get(StudyKeys.Time) == reader.Get(StudyKeys.Label)
            || reader.Get(StudyKeys.Time) == reader.Get(StudyKeys.Fold))
        {
            reader.Refuse(
                StudyKeys.Time, "'data.time' is the label or the fold as well", "a survival study has a column for each");
        }
    }

    private static void CompareAggregation(SettingsReader reader)
    {
        if (!reader.IsRight(StudyKeys.Threshold, StudyKeys.MinPeers, StudyKeys.MinHonestInputs)) return;
        if (!reader.IsRight(StudyKeys.Colluders, StudyKeys.Quorum)) return;
        var threshold = reader.Get(StudyKeys.Threshold);
        var peers = reader.Get(StudyKeys.MinPeers);
        var honest = reader.Get(StudyKeys.MinHonestInputs);
        var colluders = reader.Get(StudyKeys.Colluders);
        var quorum = reader.Get(StudyKeys.Quorum);

        // In a draft the members are not known: the smallest roster, or the smallest group, stands for them.
        var isBucketed = reader.Get(StudyKeys.Robust) == AggregationTerms.Buckets;
        var least = isBucketed ? reader.Get(StudyKeys.BucketSize) : peers;
        if (threshold > peers)
        {
            reader.Refuse(
                StudyKeys.MinPeers,
                $"the smallest roster, {peers}, could never reach the threshold, {threshold}",
                $"raise '{StudyKeys.MinPeers.Path}' to at least {threshold}");
        }

        if (threshold - colluders < honest)
        {
            reader.Refuse(
                StudyKeys.Threshold,
                $"a sum of {threshold} with {colluders} colluders holds fewer than {honest} honest inputs",
                $"raise '{StudyKeys.Threshold.Path}' to at least {honest + colluders}");
        }

        if (2 * threshold <= least + colluders)
        {
            reader.Refuse(
                StudyKeys.Threshold,
                $"two sums of {threshold} out of {least} need not share an honest hospital",
                $"raise '{StudyKeys.Threshold.Path}' to at least {((least + colluders) / 2) + 1}");
        }

        if (quorum != 0 && quorum < threshold)
        {
            reader.Refuse(
                StudyKeys.Quorum,
                $"'{StudyKeys.Quorum.Path}' is less than the threshold, {threshold}",
                "remove the line, or raise it");
        }
    }
}

namespace FedMeta.Protocol;

/// <summary>Holds the keys of groups against each other, in a draft and with the members known.</summary>
internal static class BucketComparison
{
    /// <summary>What a draft already shows.</summary>
    public static void Compare(SettingsReader reader)
    {
        if (!reader.IsRight(StudyKeys.Robust, StudyKeys.BucketSize, StudyKeys.Combine)) return;
        var size = reader.Get(StudyKeys.BucketSize);
        if (reader.Get(StudyKeys.Robust) != AggregationTerms.Buckets)
        {
            if (size != StudyKeys.BucketSize.Default) Alone(reader, StudyKeys.BucketSize);
            if (reader.Get(StudyKeys.Combine) != StudyKeys.Combine.Default) Alone(reader, StudyKeys.Combine);
            return;
        }

        if (reader.IsRight(StudyKeys.MinPeers) && reader.Get(StudyKeys.MinPeers) > size)
        {
            reader.Refuse(
                StudyKeys.MinPeers,
                $"a group of {size} could never make the smallest roster, {reader.Get(StudyKeys.MinPeers)}",
                $"lower it, or raise '{StudyKeys.BucketSize.Path}'");
        }
    }

    /// <summary>What only the number of members shows.</summary>
    public static void Compare(AggregationTerms terms, int members, Action<string, string> refuse)
    {
        if (!terms.IsBucketed || terms.Sums(members) >= AggregationTerms.FewestGroups) return;
        refuse(
            $"{members} members make {terms.Sums(members)} group(s) of at least {terms.BucketSize} and a combination "
                + $"needs {AggregationTerms.FewestGroups}",
            $"enrol at least {AggregationTerms.FewestGroups * terms.BucketSize} hospitals, or lower "
                + $"'{StudyKeys.BucketSize.Path}' (never below {AggregationTerms.SmallestBucket})");
    }

    private static void Alone(SettingsReader reader, SettingKey key) => reader.Refuse(
        key,
        $"'{key.Path}' has no meaning without groups",
        $"write {StudyKeys.Robust.Name} = \"{AggregationTerms.Buckets}\", or remove the line");
}

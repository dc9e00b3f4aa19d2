namespace FedMeta.Protocol;

/// <summary>The tables <c>[[members]]</c>: id, name and key of every hospital.</summary>
internal static class MemberTable
{
    private const string Hint = "take the document as study propose wrote it";

    public static IReadOnlyList<StudyMember> Read(SettingsReader reader)
    {
        var members = new List<StudyMember>();
        if (reader.Find(StudyKeys.Members) is not TomlTableArray { Tables.Count: <= StudyKeys.MaxMembers } array)
        {
            reader.Refuse(0, $"there are no members, or more than {StudyKeys.MaxMembers}", Hint);
            return members;
        }

        foreach (var table in array.Tables)
        {
            if (Read(table) is { } member) members.Add(member);
            else reader.Refuse(table.Line, "a member is not id, name and key", Hint);
        }

        return members;
    }

    /// <summary>Checks the members against each other and against the terms.</summary>
    public static void Compare(StudyTerms terms, IReadOnlyList<StudyMember> members, List<DocumentProblem> problems)
    {
        void Refuse(string what, string hint) => problems.Add(new(0, what, hint));
        foreach (var member in members)
        {
            if (!IsMember(member))
                Refuse($"member '{member.Id}' has an id, name or key that cannot be", "enrol it again");
        }

        foreach (var twins in members.GroupBy(member => member.Id).Where(group => group.Count() > 1))
            Refuse($"member '{twins.Key}' stands twice", Hint);
        foreach (var twins in members.GroupBy(member => KeyPin.Of(member.PublicKey)).Where(group => group.Count() > 1))
        {
            var names = string.Join(" and ", twins.Select(twin => $"'{twin.Id}'"));
            Refuse($"members {names} have the same key", "enrol one again");
        }

        // Each group is a sum of its own; without groups the one sum is over all.
        var summed = terms.Aggregation.LargestSum(members.Count);
        BucketComparison.Compare(terms.Aggregation, members.Count, Refuse);
        var (threshold, colluders) = (terms.Aggregation.Threshold, terms.Privacy.Colluders);
        if (members.Count > StudyKeys.MaxMembers)
            Refuse($"{members.Count} members are more than {StudyKeys.MaxMembers}", Hint);
        if (members.Count < terms.Aggregation.MinPeers)
        {
            Refuse(
                $"{members.Count} members cannot make a roster of {terms.Aggregation.MinPeers}",
                "enrol more hospitals, or lower 'aggregation.min_peers'");
        }

        if (2 * threshold <= summed + colluders)
        {
            Refuse(
                $"two sums of {threshold} out of {summed} members need not share an honest one",
                $"raise 'aggregation.threshold' to at least {((summed + colluders) / 2) + 1}");
        }

        if (terms.Rounds.Quorum > members.Count)
        {
            Refuse(
                $"the quorum, {terms.Rounds.Quorum}, is more than the {members.Count} members",
                "lower 'rounds.quorum'");
        }
    }

    private static StudyMember? Read(TomlTable table)
    {
        if (table.Keys is not ["id", "name", "key"]) return null;
        if (table["id"] is not TomlText id || table["name"] is not TomlText name || table["key"] is not TomlText key)
            return null;
        if (!Base64Text.TryDecode(key.Value, PublicKeys.KeyLength, out var bytes)) return null;
        var member = new StudyMember(id.Value, name.Value, bytes);
        return IsMember(member) ? member : null;
    }

    private static bool IsMember(StudyMember member) =>
        ClientId.IsValid(member.Id)
        && PlainText.IsOneLine(member.Name, Invite.MaxName)
        && PublicKeys.IsValid(member.PublicKey);
}

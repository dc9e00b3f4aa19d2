using System.Text;

namespace FedMeta.Protocol;

/// <summary>Writes the canonical text: one spelling for each study.</summary>
internal static class StudyText
{
    public static string Write(StudyTerms terms)
    {
        var text = new StringBuilder();
        text.Append("[study]\n");
        Line(text, StudyKeys.Name, terms.Name);
        Line(text, StudyKeys.Purpose, terms.Purpose);
        Line(text, StudyKeys.Format, 1);
        text.Append("\n[data]\n");
        Line(text, StudyKeys.Label, terms.Data.Label);
        Line(text, StudyKeys.Time, terms.Data.Time);
        Line(text, StudyKeys.MinRows, terms.Data.MinRows);
        Line(text, StudyKeys.MaxRows, terms.Data.MaxRows);
        Line(text, StudyKeys.Fold, terms.Data.Fold);
        text.Append($"\n[{StudyKeys.Features}]\n");
        foreach (var (name, first) in FeatureRange.Fold(terms.Data.Features))
        {
            var constants = CanonicalToml.List(
                [CanonicalToml.Number(first.Centre), CanonicalToml.Number(first.Scale)]);
            text.Append($"{CanonicalToml.Key(name)} = {constants}\n");
        }

        text.Append("\n[model]\n");
        Line(text, StudyKeys.Kind, terms.Model.Kind);
        Line(text, StudyKeys.Layers, terms.Model.Layers);
        Line(text, StudyKeys.Outputs, terms.Model.Outputs);
        Line(text, StudyKeys.Loss, terms.Model.Loss);
        text.Append("\n[meta]\n");
        Line(text, StudyKeys.Algorithm, terms.Meta.Algorithm);
        Line(text, StudyKeys.InnerSteps, terms.Meta.InnerSteps);
        Line(text, StudyKeys.InnerRate, terms.Meta.InnerRate);
        Line(text, StudyKeys.Batch, terms.Meta.Batch);
        Line(text, StudyKeys.Proximal, terms.Meta.Proximal);
        Line(text, StudyKeys.LocalRate, terms.Meta.LocalRate);
        Line(text, StudyKeys.Shots, terms.Meta.Shots);
        Line(text, StudyKeys.Tasks, terms.Meta.Tasks);
        Line(text, StudyKeys.Outer, terms.Meta.Outer);
        Line(text, StudyKeys.OuterRate, terms.Meta.OuterRate);
        Line(text, StudyKeys.Seed, terms.Meta.Seed);
        text.Append("\n[aggregation]\n");
        Line(text, StudyKeys.Threshold, terms.Aggregation.Threshold);
        Line(text, StudyKeys.MinPeers, terms.Aggregation.MinPeers);
        Line(text, StudyKeys.MinHonestInputs, terms.Aggregation.MinHonestInputs);
        Line(text, StudyKeys.Bits, terms.Aggregation.Bits);
        Line(text, StudyKeys.Robust, terms.Aggregation.Robust);
        Line(text, StudyKeys.BucketSize, terms.Aggregation.BucketSize);
        Line(text, StudyKeys.Combine, terms.Aggregation.Combine);
        text.Append("\n[privacy]\n");
        Line(text, StudyKeys.Unit, terms.Privacy.Unit);
        Line(text, StudyKeys.Epsilon, terms.Privacy.Epsilon);
        Line(text, StudyKeys.Delta, terms.Privacy.Delta);
        Line(text, StudyKeys.Clip, terms.Privacy.Clip);
        Line(text, StudyKeys.Colluders, terms.Privacy.Colluders);
        Line(text, StudyKeys.Sampling, terms.Privacy.Sampling);
        text.Append("\n[rounds]\n");
        Line(text, StudyKeys.Count, terms.Rounds.Count);
        Line(text, StudyKeys.Deadline, terms.Rounds.Deadline);
        Line(text, StudyKeys.Quorum, terms.Rounds.Quorum);
        text.Append("\n[checks]\n");
        Line(text, StudyKeys.Probe, terms.Checks.Probe);
        Line(text, StudyKeys.ProbeTolerance, terms.Checks.ProbeTolerance);
        return text.ToString();
    }

    public static string Write(
        StudyTerms terms,
        IReadOnlyList<StudyMember> members,
        IReadOnlyDictionary<string, string> mechanism,
        Sha256Digest initialModel)
    {
        var text = new StringBuilder(Write(terms));
        text.Append($"\n[{StudyKeys.Mechanism}]\n");
        foreach (var (key, value) in mechanism.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Append($"{CanonicalToml.Key(key)} = {CanonicalToml.Text(value)}\n");
        text.Append($"\n[{StudyKeys.Initial}]\nmodel = {CanonicalToml.Text(initialModel.ToString())}\n");
        foreach (var member in members.OrderBy(member => member.Id, StringComparer.Ordinal))
        {
            text.Append($"\n[[{StudyKeys.Members}]]\n");
            text.Append($"id = {CanonicalToml.Text(member.Id)}\n");
            text.Append($"name = {CanonicalToml.Text(member.Name)}\n");
            text.Append($"key = {CanonicalToml.Text(Convert.ToBase64String(member.PublicKey))}\n");
        }

        return text.ToString();
    }

    private static void Line<T>(StringBuilder text, SettingKey<T> key, T value)
        where T : notnull =>
        text.Append($"{key.Name} = {key.Write(value)}\n");
}

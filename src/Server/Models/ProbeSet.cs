using System.Globalization;
using System.Text;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Server.Models;

/// <summary>
/// A study's public probe set: rows that nobody has to protect, on which the coordinator tries every new model. A plain
/// CSV file: a header, commas, no quotes, an empty cell where a feature is missing.
/// </summary>
internal static class ProbeSet
{
    /// <summary>Largest file, in bytes: it travels in one message.</summary>
    public const int MaxBytes = 512 << 10;

    /// <summary>Everything that keeps a proposal's probe set from being the one that its terms name.</summary>
    /// <param name="terms">The study's.</param>
    /// <param name="model">Its model; null where the terms have problems of their own.</param>
    /// <param name="bytes">The file; empty where none was given.</param>
    public static IReadOnlyList<string> Problems(StudyTerms terms, ModelSpec? model, ReadOnlySpan<byte> bytes)
    {
        var named = terms.Checks.Probe;
        if (bytes.IsEmpty)
            return named.Length == 0 ? [] : [$"the study names the probe set {named}: give the file with --probe FILE"];
        var hash = Sha256Digest.Of(bytes).ToString();
        if (named.Length == 0)
            return [$"the study names no probe set: write probe = \"{hash}\" under [checks], or leave --probe out"];
        if (hash != named)
            return [$"the study names the probe set {named} and the file given is {hash}"];
        if (bytes.Length > MaxBytes)
            return [$"the probe set has {bytes.Length} bytes and may have {MaxBytes}"];
        return model is null || TryRead(terms, model, bytes, out _) is not { } problem ? [] : [$"the probe set: {problem}"];
    }

    /// <summary>Reads the rows, scaled; answers what is wrong, or null.</summary>
    public static string? TryRead(StudyTerms terms, ModelSpec model, ReadOnlySpan<byte> bytes, out Batch<double> rows)
    {
        rows = default;
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\ufeff');
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        if (lines.Count < 2)
            return "it has no rows";
        if (lines.FindIndex(l => l.Contains('"', StringComparison.Ordinal)) is var quoted and >= 0)
            return $"line {quoted + 1} has a quote; write plain cells";
        var header = lines[0].Split(',');
        string[] wanted = [.. terms.Data.Features.Select(f => f.Name), .. Time(terms), terms.Data.Label];
        var places = wanted.Select(name => Array.IndexOf(header, name)).ToArray();
        if (Array.IndexOf(places, -1) is var missing and >= 0)
            return $"there is no column {wanted[missing]}";
        var (inputs, targets) = (new List<double>(), new List<double>());
        var features = terms.Data.Features.Count;
        for (var line = 1; line < lines.Count; line++)
        {
            var cells = lines[line].Split(',');
            if (cells.Length != header.Length)
                return $"line {line + 1} has {cells.Length} cells and the header {header.Length}";
            for (var i = 0; i < places.Length; i++)
            {
                var isTarget = i >= features;
                if (Number(cells[places[i]], isTarget) is not { } value)
                    return $"line {line + 1}, column {wanted[i]}: not a number";
                (isTarget ? targets : inputs).Add(value);
            }

            if (!Fits(targets[^1], model))
                return $"line {line + 1}: the label is none that the model predicts";
            if (model.LabelWidth == 2 && targets[^2] <= 0)
                return $"line {line + 1}: the time is not above 0";
        }

        var scaled = new double[inputs.Count];
        new FeatureScaling(terms.Data.Features.Select(f => f.Centre), terms.Data.Features.Select(f => f.Scale))
            .Apply<double>(inputs.ToArray(), scaled);
        rows = new Batch<double>(scaled, targets.ToArray(), lines.Count - 1);
        return null;
    }

    private static string[] Time(StudyTerms terms) => terms.Data.Time.Length == 0 ? [] : [terms.Data.Time];

    private static double? Number(string cell, bool isRequired)
    {
        if (cell.Length == 0)
            return isRequired ? null : double.NaN;
        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) ? value : null;
    }

    private static bool Fits(double label, ModelSpec model) => model.Loss switch
    {
        LossKind.BinaryCrossEntropy or LossKind.CoxPartialLikelihood => label is 0 or 1,
        LossKind.SoftmaxCrossEntropy => label >= 0 && label < model.Outputs && label == Math.Floor(label),
        _ => true,
    };
}

using System.Globalization;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Adaptation;

/// <summary>
/// Parts of the held-out patients by one of the study's features: a model that is right on average can be wrong for
/// women, or for the old (learning.md c.5).
/// </summary>
internal static class Subgroups
{
    private const int MostValues = 4;

    /// <summary>
    /// The parts: one for each value of a feature that has up to four, else below and above its median. A missing value
    /// counts as the study's centre, as it does for the model.
    /// </summary>
    /// <exception cref="FedMetaException">The study has no such feature.</exception>
    public static IReadOnlyList<(string Group, int[] Rows)> Of(VerifiedStudy study, Batch<double> test, string feature)
    {
        var column = study.Data.Features.ToList().IndexOf(feature);
        if (column < 0)
        {
            throw new FedMetaException(ExitCode.Usage, $"the study has no feature '{feature}'",
                $"its features: {string.Join(", ", study.Data.Features)}");
        }

        var (centre, scale) = (study.Scaling.Centre[column], study.Scaling.Scale[column]);
        var values = new double[test.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Round(test.Inputs.Span[i * test.InputWidth + column] * scale + centre, 6);
        var distinct = values.Distinct().Order().ToList();
        if (distinct.Count <= MostValues)
            return [.. distinct.Select(v => ($"{feature} = {Text(v)}", Rows(values, x => x == v)))];
        // Below the largest value, so that somebody is above it where more than half have the largest.
        var median = values.Order().ElementAt((values.Length - 1) / 2);
        if (median == distinct[^1]) median = distinct[^2];
        return
        [
            ($"{feature} up to {Text(median)}", Rows(values, x => x <= median)),
            ($"{feature} above {Text(median)}", Rows(values, x => x > median)),
        ];
    }

    private static int[] Rows(double[] values, Func<double, bool> inside) =>
        [.. values.Index().Where(v => inside(v.Item)).Select(v => v.Index)];

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

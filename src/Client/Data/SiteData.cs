using FedMeta.Learning;

namespace FedMeta.Client.Data;

/// <summary>A hospital's rows as a study's model takes them: scaled with the study's public constants and
/// split.</summary>
/// <param name="Train">Training rows.</param>
/// <param name="Test">Held-out rows, for <c>evaluate</c> alone.</param>
/// <param name="Split">Which rows went where.</param>
internal sealed record SiteData(Batch<double> Train, Batch<double> Test, SiteSplit Split)
{
    /// <summary>Scales and splits a table.</summary>
    public static SiteData Of(SiteTable table, FeatureScaling scaling, SiteSplit split) =>
        new(Scale(table, scaling, split.Train), Scale(table, scaling, split.Test), split);

    /// <summary>
    /// What is wrong with the training rows: too few is a fault, more than a round uses and one class are warnings with
    /// their consequences.
    /// </summary>
    public static IEnumerable<DataProblem> Check(SiteTable table, SiteSplit split, DataContract contract, int minRows)
    {
        if (split.Train.Length < minRows)
        {
            yield return new(DataFault.TooFewRows,
                $"there are {split.Train.Length} training rows and {minRows} are the least",
                "the least is the larger of the study's min_rows and the policy's");
            yield break;
        }

        if (contract.MaxRows is { } most && split.Train.Length > most)
        {
            yield return new(DataFault.TooManyRows,
                $"there are {split.Train.Length} training rows and a round of the study uses {most} of one hospital",
                $"each round draws {most} of them anew and the others sit out; to use all, ask the author to raise "
                + "data.max_rows",
                IsWarning: true);
        }

        if (contract.LabelKind == LabelKind.Real) yield break;
        var first = table.Labels[split.Train[0]];
        foreach (var row in split.Train)
            if (table.Labels[row] != first) yield break;
        if (contract.Time is not null)
        {
            if (first == 1) yield break;
            yield return new(DataFault.NoEvent, "no training row has the event",
                "the hospital may take part, and adds nothing but its noise: only an event says who was at risk",
                IsWarning: true);
            yield break;
        }

        yield return new(DataFault.OneClass, "every training row has the same label",
            "the hospital may take part, and the others' model gains its prevalence; a model trained here alone would "
            + "predict that one class always, AUROC cannot be computed here, and adaptation moves the intercept only",
            IsWarning: true);
    }

    private static Batch<double> Scale(SiteTable table, FeatureScaling scaling, int[] rows)
    {
        var inputs = new double[rows.Length * table.Features];
        var targets = new double[rows.Length * table.TargetWidth];
        for (var i = 0; i < rows.Length; i++)
        {
            scaling.Apply(table.Row(rows[i]), inputs.AsSpan(i * table.Features, table.Features));
            table.CopyTargets(rows[i], targets.AsSpan(i * table.TargetWidth, table.TargetWidth));
        }

        return new Batch<double>(inputs, targets, rows.Length);
    }
}

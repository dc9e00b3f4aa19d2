namespace FedMeta.Client.Data;

/// <summary>What <c>data check</c> says about one feature. Counts only: no value of a patient is shown.</summary>
/// <param name="Name">The column.</param>
/// <param name="Present">Rows that have a value.</param>
/// <param name="Missing">Rows that have none and count as the study's centre.</param>
/// <param name="Far">Rows whose value lies more than five of the study's scales from its centre.</param>
/// <param name="IsConstant">All present values are equal: the model learns nothing from it here.</param>
internal sealed record ColumnQuality(string Name, int Present, int Missing, int Far, bool IsConstant)
{
    /// <summary>A value farther from the centre than this many scales is usually another unit of measurement.</summary>
    public const double FarScales = 5;

    /// <summary>Counts one column.</summary>
    /// <param name="table">The unscaled rows.</param>
    /// <param name="column">Position of the feature.</param>
    /// <param name="name">Its name.</param>
    /// <param name="centre">The study's centre.</param>
    /// <param name="scale">The study's scale, positive.</param>
    public static ColumnQuality Of(SiteTable table, int column, string name, double centre, double scale)
    {
        int present = 0, far = 0;
        var first = double.NaN;
        var constant = true;
        for (var row = 0; row < table.Rows; row++)
        {
            var value = table.Row(row)[column];
            if (double.IsNaN(value)) continue;
            if (present++ == 0) first = value;
            constant &= value == first;
            if (Math.Abs(value - centre) > FarScales * scale) far++;
        }

        return new ColumnQuality(name, present, table.Rows - present, far, present > 0 && constant);
    }
}

using System.Globalization;

namespace FedMeta.Client.Data;

/// <summary>Turns one cell into a number, or into the reason why it is none.</summary>
internal static class CellReader
{
    /// <summary>Largest label of a regression: beyond it arithmetic in single precision overflows.</summary>
    public const double LargestLabel = 1e12;

    /// <summary>Spellings of "not recorded" that public hospital data sets use.</summary>
    public static bool IsMissing(string cell) => cell is "" or "?" or "NA";

    /// <summary>A feature: NaN for a missing value. The fault is null when the number is good.</summary>
    public static double Feature(string cell, out DataFault? fault)
    {
        fault = null;
        return IsMissing(cell) ? double.NaN : Number(cell, out fault);
    }

    /// <summary>A label, checked against what the study allows.</summary>
    public static double Label(string cell, DataContract contract, out DataFault? fault)
    {
        if (IsMissing(cell))
        {
            fault = DataFault.MissingLabel;
            return 0;
        }

        var value = Number(cell, out fault);
        if (fault is not null) return 0;
        var allowed = contract.LabelKind switch
        {
            LabelKind.Binary => value is 0 or 1,
            LabelKind.ClassIndex => value >= 0 && value < contract.Classes && Math.Floor(value) == value,
            _ => Math.Abs(value) <= LargestLabel,
        };
        if (!allowed) fault = DataFault.BadLabel;
        return value;
    }

    /// <summary>A time until the event or the last contact.</summary>
    public static double Time(string cell, out DataFault? fault)
    {
        fault = DataFault.MissingTime;
        if (IsMissing(cell)) return 0;
        var value = Number(cell, out fault);
        if (fault is null && value <= 0) fault = DataFault.BadTime;
        return value;
    }

    /// <summary>True for test, false for train, null for anything else.</summary>
    public static bool? Fold(string cell) => cell switch
    {
        "train" => false,
        "test" => true,
        _ => null,
    };

    private static double Number(string cell, out DataFault? fault)
    {
        fault = null;
        // A number that overflows parses as an infinity; NaN and Infinity parse by name.
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            fault = DataFault.NotANumber;
        else if (!double.IsFinite(value))
            fault = DataFault.NotFinite;
        return fault is null ? value : 0;
    }
}

using System.Globalization;

namespace FedMeta.Client.Policy;

/// <summary>The hours of the day, local time, in which the agent may train; an interval may pass midnight.</summary>
/// <param name="From">First minute.</param>
/// <param name="Until">First minute that is out again.</param>
internal readonly record struct TrainingHours(TimeOnly From, TimeOnly Until)
{
    /// <summary>Reads <c>20:00-06:00</c>; false for anything else and for an empty interval.</summary>
    public static bool TryParse(string text, out TrainingHours hours)
    {
        hours = default;
        var parts = text.Split('-');
        if (parts.Length != 2 || !TryTime(parts[0], out var from) || !TryTime(parts[1], out var until) || from == until)
            return false;
        hours = new TrainingHours(from, until);
        return true;
    }

    /// <summary>Whether a moment lies within the hours.</summary>
    public bool Contains(TimeOnly time) => time.IsBetween(From, Until);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH:mm}-{Until:HH:mm}");

    private static bool TryTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}

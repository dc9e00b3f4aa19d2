namespace FedMeta.Protocol;

/// <summary>Holds the keys that belong to gradients of single patients against each other.</summary>
internal static class PatientComparison
{
    /// <summary>Whether each patient's gradient is a vector of its own; ask only where both keys are right.</summary>
    public static bool IsPerPatient(SettingsReader reader) =>
        reader.Get(StudyKeys.Algorithm) == "fedsgd" && reader.Get(StudyKeys.Unit) == "patient";

    /// <summary>What a draft already shows.</summary>
    public static void Compare(SettingsReader reader)
    {
        if (!reader.IsRight(StudyKeys.Algorithm, StudyKeys.Unit, StudyKeys.MaxRows)) return;
        var most = reader.Get(StudyKeys.MaxRows);
        if (!IsPerPatient(reader))
        {
            if (most != 0)
            {
                reader.Refuse(
                    StudyKeys.MaxRows,
                    $"'{StudyKeys.MaxRows.Path}' has a meaning for fedsgd with the unit patient alone",
                    "remove the line");
            }

            return;
        }

        if (most == 0)
        {
            reader.Refuse(
                StudyKeys.MaxRows,
                $"'{StudyKeys.MaxRows.Path}' is missing: each training row is a vector of its own, and the ring must hold "
                    + "those of every hospital",
                "write the rows of the largest hospital, or fewer: what is beyond it sits out, in turns");
        }
        else if (reader.IsRight(StudyKeys.MinRows) && most < reader.Get(StudyKeys.MinRows))
        {
            reader.Refuse(
                StudyKeys.MaxRows,
                $"'{StudyKeys.MaxRows.Path}' is less than '{StudyKeys.MinRows.Path}'",
                $"raise it to at least {reader.Get(StudyKeys.MinRows)}");
        }

        if (reader.IsRight(StudyKeys.Shots) && reader.Get(StudyKeys.Shots) != StudyKeys.Shots.Default)
        {
            reader.Refuse(
                StudyKeys.Shots,
                $"'{StudyKeys.Shots.Path}' has no meaning where each patient's gradient stands alone",
                "remove the line");
        }
    }
}

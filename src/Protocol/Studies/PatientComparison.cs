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
        CompareSampling(reader);
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
                $"'{StudyKeys.MaxRows.Path}' is missing: each training row is a vector of its own, and the ring must "
                    + "hold those of every hospital",
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

    // Coins hide a patient only where nobody sees who takes part, and where nothing but the patient's own vector
    // depends on them: never a site, whose part in a round everybody sees, and never a task, which mixes patients.
    private static void CompareSampling(SettingsReader reader)
    {
        if (!reader.IsRight(StudyKeys.Sampling)) return;
        var rate = reader.Get(StudyKeys.Sampling);
        if (rate == 1) return;
        if (!PrivacyTerms.IsRate(rate))
        {
            reader.Refuse(
                StudyKeys.Sampling,
                $"'{StudyKeys.Sampling.Path}' has more than {PrivacyTerms.SamplingDecimals} places behind the point",
                "write a decimal such as 0.1 or 0.025: every hospital reckons with exactly this fraction");
        }

        if (reader.IsRight(StudyKeys.Algorithm, StudyKeys.Unit) && !IsPerPatient(reader))
        {
            reader.Refuse(
                StudyKeys.Sampling,
                $"patients can be sampled for fedsgd with the unit patient alone, not for "
                    + $"{reader.Get(StudyKeys.Algorithm)} with the unit {reader.Get(StudyKeys.Unit)}",
                $"remove the line, or write {StudyKeys.Algorithm.Name} = \"fedsgd\" and "
                    + $"{StudyKeys.Unit.Name} = \"patient\"");
        }
    }
}

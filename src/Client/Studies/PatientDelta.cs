using System.Globalization;
using FedMeta.Client.Data;
using FedMeta.Privacy;

namespace FedMeta.Client.Studies;

/// <summary>
/// What a hospital says of a delta that is too large for its own patients by <see cref="DeltaRule"/>. The study's author
/// cannot know how many they are; the hospital does.
/// </summary>
internal static class PatientDelta
{
    /// <summary>The largest delta that suffices, cut to two digits so that a person can write it down.</summary>
    public static double Largest(int patients)
    {
        var most = 0.1 / patients;
        var digit = Math.Pow(10, Math.Floor(Math.Log10(most)) - 1);
        var cut = double.Parse(
            (Math.Floor(most / digit) * digit).ToString("E1", CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);
        return DeltaRule.Suffices(cut, patients) ? cut : cut - digit;
    }

    /// <summary>What is wrong with the delta of a study's claim for patients; null for other units, whose delta is not
    /// theirs.</summary>
    public static DataProblem? Problem(VerifiedStudy study, int patients) =>
        study.Demands.Unit == PrivacyUnit.Patient && Problem("the study's", study.Delta, patients) is { } problem
            ? new DataProblem(DataFault.DeltaTooLarge, problem,
                $"ask the author to propose the study with privacy.delta = {Text(Largest(patients))} or less")
            : null;

    /// <summary>What is wrong with the policy's delta, at which every study is charged; null where nothing is.</summary>
    public static string? PolicyProblem(double delta, int patients) =>
        Problem("the policy's", delta, patients) is { } problem
            ? $"{problem}; set delta = {Text(Largest(patients))} or less in policy.toml"
            : null;

    /// <summary>What is wrong with a delta, in words; null where nothing is.</summary>
    /// <param name="whose">Whose delta it is, as the sentence begins.</param>
    /// <param name="delta">The delta.</param>
    /// <param name="patients">Training rows of this hospital.</param>
    private static string? Problem(string whose, double delta, int patients) => DeltaRule.Suffices(delta, patients)
        ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"{whose} delta = {delta} is more than 1/(10 N) for the N = {patients} patients of this hospital, so it would "
            + $"allow whole records to be published");

    private static string Text(double delta) => delta.ToString(CultureInfo.InvariantCulture);
}

namespace FedMeta.Protocol;

/// <summary>The privacy budget.</summary>
/// <param name="Unit">patient, task or site: whom it protects.</param>
/// <param name="Epsilon">Of the whole study.</param>
/// <param name="Delta">Of the whole study.</param>
/// <param name="Clip">Largest L2 norm of a unit's contribution.</param>
/// <param name="Colluders">Hospitals that may give the server their own noise.</param>
/// <param name="Sampling">Chance with which each patient is in a round, by a secret coin inside the hospital; 1:
/// always. Below 1 for <see cref="StudyTerms.IsPerPatient"/> alone; a decimal of at most
/// <see cref="SamplingDecimals"/> places.</param>
public sealed record PrivacyTerms(
    string Unit, double Epsilon, double Delta, double Clip, int Colluders, double Sampling = 1)
{
    /// <summary>Most places of <see cref="Sampling"/> behind the point.</summary>
    public const int SamplingDecimals = 6;

    private const int Places = 1_000_000;

    /// <summary>Whether a round uses a secret sample of the patients.</summary>
    public bool IsSampled => Sampling != 1;

    /// <summary>The rate as the fraction that its text says: 0.1 is a tenth and not the binary number beside
    /// it.</summary>
    public int SamplingMillionths => (int)Math.Round(Sampling * Places);

    /// <summary>Whether a number is a decimal of at most <see cref="SamplingDecimals"/> places above 0, up to
    /// 1.</summary>
    internal static bool IsRate(double value) =>
        value is > 0 and <= 1 && Math.Round(value * Places) / Places == value && Math.Round(value * Places) >= 1;
}

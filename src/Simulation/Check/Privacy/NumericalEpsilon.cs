using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Numerical figures against those of an accountant that discretises in the same way.</summary>
internal static class NumericalEpsilon
{
    /// <summary>How far ours may be above theirs.</summary>
    public const double Above = 2e-3;

    /// <summary>How far the limit of ever finer grids may be below theirs; ours is not below it either.</summary>
    public const double Refined = 1e-4;

    /// <summary>Between the limit of a refined grid and theirs with its tolerance.</summary>
    public static void Compare(string row, string column, double ours, double theirs, CheckReport report) =>
        report.Within(row, column, ours, Math.Max(0, theirs - (Refined * Math.Max(1, theirs))), theirs + Above);

    /// <summary>Delta; theirs is noise below some 10^-12.</summary>
    public static void CompareDelta(string row, string column, double ours, double theirs, CheckReport report) =>
        report.Within(row, column, ours, Math.Max(0, (theirs * (1 - 1e-3)) - 1e-12), (theirs * (1 + 1e-3)) + 1e-12);

    /// <summary>So many rounds of Gaussian noise on a sample.</summary>
    public static PrivacyLossDistribution Rounds(double q, double z, int rounds) =>
        PrivacyLossDistribution.Gaussian(z, q).Compose(rounds);
}

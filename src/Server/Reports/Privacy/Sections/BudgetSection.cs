namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>The budget of the study's own unit, in units of 2^-64 rho.</summary>
/// <param name="RhoGranted">What the hospitals approved.</param>
/// <param name="RhoSpent">Charged attempts.</param>
/// <param name="RhoReserved">An attempt that has begun and whose inputs are not announced yet.</param>
/// <param name="RhoRemaining">Granted less spent and reserved.</param>
/// <param name="RhoPerRound">One attempt at the planned noise.</param>
/// <param name="RoundsPlanned">Of the document.</param>
/// <param name="RoundsCompleted">That gave a model.</param>
/// <param name="AttemptsCharged">Attempts in which a masked input was announced.</param>
/// <param name="AttemptsLeft">Further attempts that the remainder pays for.</param>
/// <param name="StopsAtRound">The last round that the budget pays for if every attempt succeeds.</param>
/// <param name="Tightest">Who has the least left by its own statement, or empty before the first.</param>
/// <param name="ByRound">The study after each charged attempt.</param>
/// <param name="Forecast">Epsilon if nothing changes, for the planned rounds that remain; empty where none do.</param>
internal sealed record BudgetSection(string RhoGranted, string RhoSpent, string RhoReserved, string RhoRemaining,
    string RhoPerRound, int RoundsPlanned, int RoundsCompleted, int AttemptsCharged, long AttemptsLeft,
    long StopsAtRound, BudgetSection.Hospital? Tightest, IReadOnlyList<BudgetSection.Line> ByRound,
    IReadOnlyList<BudgetSection.Ahead> Forecast)
{
    /// <summary>What a hospital still allows the study by its own signed statement.</summary>
    internal sealed record Hospital(string Client, string Name, string RhoRemaining, long AttemptsLeft, long Record);

    /// <summary>After a charged attempt: the budget's epsilon, and the one with the hospitals that really took
    /// part.</summary>
    internal sealed record Line(int Round, int Attempt, string RhoAfter, double EpsilonAfter,
        double RealisedEpsilonAfter, long EndRecord);

    /// <summary>Epsilon after so many charged attempts.</summary>
    internal sealed record Ahead(int Attempts, double Epsilon);
}

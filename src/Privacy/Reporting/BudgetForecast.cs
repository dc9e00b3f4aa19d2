namespace FedMeta.Privacy;

/// <summary>What is left, and where it leads.</summary>
/// <param name="Granted">Budget of the study.</param>
/// <param name="Charged">Charged so far.</param>
/// <param name="Remaining">Granted less charged.</param>
/// <param name="AttemptsLeft">Attempts that still fit.</param>
/// <param name="EpsilonAtEnd">Epsilon at the plan's delta if all of them are made; never above the plan's
/// epsilon.</param>
public sealed record BudgetForecast(Rho Granted, Rho Charged, Rho Remaining, long AttemptsLeft, double EpsilonAtEnd);

using FedMeta.Privacy;

namespace FedMeta.Client.Policy;

/// <summary>
/// The limits that hold at this hospital for one study: for each, the tighter of what the study asks and what the
/// policy allows. Nothing that a server sends can loosen one of them.
/// </summary>
/// <param name="StudyBudget">rho that this study may spend, counted for a patient.</param>
/// <param name="TotalBudget">rho that all studies together may spend, counted for a patient.</param>
/// <param name="MinPeers">Smallest roster.</param>
/// <param name="MinRows">Fewest training rows.</param>
/// <param name="MinHonestInputs">Fewest honest inputs in a sum.</param>
/// <param name="Colluders">Hospitals that are assumed to collude.</param>
internal sealed record EffectiveLimits(
    Rho StudyBudget, Rho TotalBudget, int MinPeers, int MinRows, int MinHonestInputs, int Colluders)
{
    /// <summary>How many times its own rho the study may charge a patient.</summary>
    public int PatientFactor { get; init; } = 1;

    /// <summary>The policy's epsilon over all studies.</summary>
    public double TotalEpsilon { get; init; }

    /// <summary>The policy's delta.</summary>
    public double Delta { get; init; }

    /// <summary>The order at which books that are opened now serve this policy best; at it nothing is lost against
    /// <see cref="TotalBudget"/>.</summary>
    public BudgetOrder BestOrder => BudgetOrder.Best(TotalEpsilon, Delta);

    /// <summary>The limit over all studies at the order of the books; <see cref="TotalBudget"/> where they have
    /// none.</summary>
    public Rho TotalAt(BudgetOrder? order) => order?.Limit(TotalEpsilon, Delta) ?? TotalBudget;

    /// <summary>Joins a study's terms and a policy.</summary>
    public static EffectiveLimits Tighten(StudyDemands study, HospitalPolicy policy) => new(
        Smaller(study.Budget.Times(study.PatientFactor), PerStudy(study, policy)),
        ZeroConcentratedDp.LargestRho(policy.MaxEpsilonTotal, policy.Delta),
        Math.Max(study.MinPeers, policy.MinPeers),
        Math.Max(study.MinRows, policy.MinRows),
        Math.Max(study.MinHonestInputs, policy.MinHonestInputs),
        Math.Max(study.Colluders, policy.MinColluders))
    {
        PatientFactor = study.PatientFactor,
        TotalEpsilon = policy.MaxEpsilonTotal,
        Delta = policy.Delta,
    };

    /// <summary>What was charged over all studies as epsilon at the policy's delta: at the order of the books, which
    /// overstates what lies far below the limit; 0 where nothing was charged.</summary>
    public double EpsilonAt(BudgetOrder? order, Rho charged) => EpsilonAt(order, charged, Delta);

    /// <summary>The same for any delta.</summary>
    public static double EpsilonAt(BudgetOrder? order, Rho charged, double delta) => charged == Rho.Zero
        ? 0
        : order?.Epsilon(charged, delta) ?? ZeroConcentratedDp.Epsilon(charged.ToDouble(), delta);

    // A study that samples is judged at the one order that its own costs were computed for.
    private static Rho PerStudy(StudyDemands study, HospitalPolicy policy) =>
        study.Order?.Limit(policy.MaxEpsilonPerStudy, policy.Delta)
        ?? ZeroConcentratedDp.LargestRho(policy.MaxEpsilonPerStudy, policy.Delta);

    private static Rho Smaller(Rho a, Rho b) => a < b ? a : b;
}

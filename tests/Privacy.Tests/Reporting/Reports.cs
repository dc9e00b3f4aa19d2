namespace FedMeta.Privacy.Tests.Reporting;

/// <summary>Reports of studies that never were.</summary>
internal static class Reports
{
    public static PrivacyReport Of(MechanismPlan plan, IEnumerable<int> survivors, long patientsAtLeast = 100) =>
        PrivacyReport.Of(Facts(plan, [.. survivors.Select((count, j) =>
            new RoundFact(j + 1, 1, RoundFate.Completed, count, false))], patientsAtLeast));

    public static PrivacyFacts Facts(
        MechanismPlan plan, IReadOnlyList<RoundFact> rounds, long patientsAtLeast = 100, bool isOver = false) => new(
        "heart",
        plan,
        rounds,
        new AggregationReach((2 * plan.Request.Threshold) - plan.Request.MaxClients - 1, plan.Request.Threshold - 1),
        plan.Request.MaxClients,
        patientsAtLeast,
        isOver,
        0);
}

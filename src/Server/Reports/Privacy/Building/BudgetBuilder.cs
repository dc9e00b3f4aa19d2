using System.Numerics;
using FedMeta.Privacy;
using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using Computed = FedMeta.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>Section 3.</summary>
internal static class BudgetBuilder
{
    /// <summary>Granted, spent, reserved, remaining, after each attempt and ahead.</summary>
    public static BudgetSection Of(StudyEntry study, StudyPlan plan, Computed computed)
    {
        var mechanism = plan.Mechanism;
        var charged = computed.AfterEachRound.Count;
        var spent = computed.Forecast.Charged;

        // Hospitals reserve before they draw noise and spend before their input leaves: in between only they know.
        var reserved = study.Open is { Inputs.Count: 0 } ? mechanism.PerRound : Rho.Zero;
        var remaining = mechanism.Total.Less(spent + reserved);
        var left = AttemptsLeft(mechanism, remaining);
        return new BudgetSection(
            mechanism.Total.ToString(), spent.ToString(), reserved.ToString(), remaining.ToString(),
            mechanism.PerRound.ToString(), mechanism.Request.Rounds, study.CompletedRounds, charged, left,
            study.PlayedRounds + (study.Open is null ? 0 : 1) + left,
            Tightest(study, plan),
            [.. computed.AfterEachRound.Select(r => Line(study, r))],
            Forecast(mechanism, study, charged, remaining));
    }

    private static BudgetSection.Line Line(StudyEntry study, RoundEpsilon after)
    {
        var round = study.Rounds.First(r => r.Round == after.Round && r.Attempt == after.Attempt);
        return new BudgetSection.Line(round.Round, round.Attempt, after.Charged.ToString(), after.Epsilon,
            after.RealisedEpsilon, round.Outcome?.Origin.Record ?? 0);
    }

    private static List<BudgetSection.Ahead> Forecast(MechanismPlan mechanism, StudyEntry study, int charged,
        Rho remaining)
    {
        if (study.IsOver)
            return [];
        var open = study.Open is { Inputs.Count: 0 } ? 1 : 0;
        var ahead = Math.Min(mechanism.Request.Rounds - study.PlayedRounds, open + AttemptsLeft(mechanism, remaining));
        return [.. Enumerable.Range(charged, (int)Math.Max(0, ahead) + 1).Select(a => new BudgetSection.Ahead(
            a, PrivacyFigures.Epsilon(mechanism, mechanism.PerRound.Times(a))))];
    }

    private static BudgetSection.Hospital? Tightest(StudyEntry study, StudyPlan plan)
    {
        var stated = plan.Members.Select(m => (Member: m, Stated: StatedCosts.Of(study, m)))
            .Where(s => s.Stated.Record > 0).OrderByDescending(s => s.Stated.Cumulative).ToList();
        if (stated is not [var (member, (cumulative, record)), ..])
            return null;
        var remaining = plan.Mechanism.Total.Less(cumulative);
        return new BudgetSection.Hospital(member.Id, member.Name, remaining.ToString(),
            AttemptsLeft(plan.Mechanism, remaining), record);
    }

    private static long AttemptsLeft(MechanismPlan plan, Rho remaining) =>
        (long)BigInteger.Min(long.MaxValue, remaining.Units / plan.PerRound.Units);
}

using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using static FedMeta.Server.Reports.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy;

/// <summary>Computes a <see cref="PrivacyReport"/> from replayed state; the one place where its figures come
/// from.</summary>
internal static class PrivacyReportBuilder
{
    /// <summary>The report of <paramref name="study"/> as of the last record of <paramref name="state"/>.</summary>
    /// <param name="state">Replayed journal.</param>
    /// <param name="head">Number and hash of the last record.</param>
    /// <param name="study">The study.</param>
    /// <param name="plan">What its document means.</param>
    public static PrivacyReport Build(CoordinatorState state, JournalHead head, StudyEntry study, StudyPlan plan)
    {
        var mechanism = plan.Mechanism;
        var computed = PrivacyClaims.Compute(study, mechanism);
        var delta = mechanism.Request.Delta;
        var rounds = RoundLines(study, mechanism);
        var charged = rounds.Count(r => r.Charged);
        var spent = mechanism.PerRound.Times(charged);
        var epsilon = PrivacyFigures.Epsilon(spent, delta);
        var within = spent <= mechanism.Total;
        var unit = PrivacyNames.Of(mechanism.Request.Unit);
        return new PrivacyReport
        {
            Schema = CurrentSchema,
            Identity = Identity(state, head, study, plan),
            Verdict = new VerdictPart(within, unit, PrivacyNames.Of(mechanism.Adjacency), epsilon,
                mechanism.Request.Epsilon,
                delta, PrivacyWords.Verdict(within, unit, epsilon, mechanism.Request.Epsilon, delta)),
            Claims = PrivacyClaims.Of(computed),
            Budget = new BudgetPart(mechanism.Total.ToString(), spent.ToString(), mechanism.Total.Less(spent)
                .ToString(),
                mechanism.PerRound.ToString(), mechanism.Request.Rounds, study.CompletedRounds, charged,
                PrivacyFigures.AttemptsLeft(mechanism, spent)),
            Mechanism = Mechanism(plan),
            AnonymitySet = AnonymitySet(plan),
            Rounds = rounds,
            Forecast = Forecast(mechanism, study, charged),
            Curve = charged == 0
                ? []
                : [.. Enumerable.Range(-12, 11).Select(e => Math.Pow(10, e))
                    .Select(d => new CurvePoint(d, PrivacyFigures.Epsilon(spent, d)))],
            Decisions = [.. plan.Members.Select(m => PrivacySites.Decision(study, plan, m))],
            Sites = [.. plan.Members.Select(m => PrivacySites.Site(study, m, delta))],
            OtherReleases = PrivacyWords.OtherReleases,
            Deviations = [.. PrivacyDeviations.Of(study, plan)],
            Texts = PrivacyClaims.Texts(computed),
            Document = study.Document,
        };
    }

    private static IdentityPart Identity(CoordinatorState state, JournalHead head, StudyEntry study, StudyPlan plan)
        => new(
        study.Name,
        study.Hash,
        plan.Terms.Purpose,
        PrivacyFigures.StateName(study.Standing),
        state.Server!.Host,
        state.Server.Version,
        study.LastCompleted?.Model ?? "",
        PrivacyFigures.Time(study.Proposed.Time),
        PrivacyFigures.Time(study.Ended?.Origin.Time ?? state.Last.Time),
        study.Proposed.Record,
        head.Sequence,
        head.Hash.ToString());

    private static List<RoundLine> RoundLines(StudyEntry study, MechanismPlan mechanism)
    {
        var lines = new List<RoundLine>();
        var charged = 0;
        foreach (var round in study.Rounds)
        {
            // The budget was charged by every client that announced an input, whether or not the sum was opened.
            var spent = round.Inputs.Count > 0;
            charged += spent ? 1 : 0;
            var rho = mechanism.PerRound.Times(charged);
            var included = (round.Outcome as RoundOutcome.Opened)?.Included.Count ?? 0;
            lines.Add(new RoundLine(round.Round, round.Attempt, round.Started.Record, round.Outcome?.Origin.Record ?? 0,
                round.Outcome switch
                {
                    RoundOutcome.Completed => "completed",
                    RoundOutcome.RolledBack rolled => $"rolled back: {rolled.Reason}",
                    RoundOutcome.Aborted aborted => $"aborted: {aborted.Reason}",
                    _ => "open",
                },
                round.Rosters.Values.Sum(r => r.Clients.Count),
                round.Sums.Count,
                included,
                included == 0 ? 0 : round.SmallestSum - mechanism.Request.Colluders,
                spent,
                rho.ToString(),
                PrivacyFigures.Epsilon(rho, mechanism.Request.Delta)));
        }

        return lines;
    }

    private static List<ForecastPoint> Forecast(MechanismPlan mechanism, StudyEntry study, int charged)
    {
        if (study.IsOver)
            return [];
        var ahead = Math.Min(mechanism.Request.Rounds - study.PlayedRounds,
            PrivacyFigures.AttemptsLeft(mechanism, mechanism.PerRound.Times(charged)));
        return [.. Enumerable.Range(charged, Math.Max(0, ahead) + 1).Select(a =>
            new ForecastPoint(a, PrivacyFigures.Epsilon(mechanism.PerRound.Times(a), mechanism.Request.Delta)))];
    }

    private static AnonymityPart AnonymitySet(StudyPlan plan)
    {
        var (terms, members) = (plan.Terms.Aggregation, plan.Members.Count);
        return new AnonymityPart(members, terms.Sums(members), terms.SmallestSum(members), terms.LargestSum(members),
            terms.IsBucketed ? terms.Combine : "", PrivacyWords.AnonymitySet(plan));
    }

    private static MechanismPart Mechanism(StudyPlan plan)
    {
        var m = plan.Mechanism;
        return new MechanismPart(
            "discrete Gaussian, exact (Canonne, Kamath, Steinke 2020), one share at each hospital",
            "operating system generator",
            m.Request.ClipNorm, m.Request.Dimension, m.PaddedDimension, m.Scale, m.NormBoundSquared.ToString(),
            m.SensitivitySquared.ToString(), m.LocalVariance.ToString(), m.NoiseMultiplier, m.Log10Tau,
            m.Request.RingBits,
            m.Request.Threshold, m.Request.Colluders, plan.Aggregation.MinHonestInputs, m.Terms);
    }
}

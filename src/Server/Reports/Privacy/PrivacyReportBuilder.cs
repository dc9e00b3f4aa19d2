using FedMeta.Protocol;
using FedMeta.Server.Reports.Privacy.Building;
using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using Computed = FedMeta.Privacy.PrivacyReport;

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
        var deviations = DeviationsBuilder.Of(study, plan);
        var computed = ClaimsBuilder.Compute(study, plan, deviations.Items.Count);
        var audit = AuditBuilder.Of(study);
        return new PrivacyReport
        {
            Schema = PrivacyReport.CurrentSchema,
            Summary = [.. computed.Summaries.Select(s => new SummaryPage(s.Language, s.Heading, s.Verdict,
                [.. s.Parts.Select(p => new SummaryPage.Part(p.Heading, p.Text))]))],
            Identity = Identity(state, head, study, plan),
            Claims = ClaimsBuilder.Of(computed),
            Budget = BudgetBuilder.Of(study, plan, computed),
            Mechanism = MechanismBuilder.Of(study, plan, computed),
            Participation = ParticipationSectionBuilder.Of(study, plan, computed),
            Releases = ReleasesBuilder.Of(plan),
            Deviations = deviations,
            EmpiricalAudit = audit,
            Meaning = Meaning(computed),
            Limits = LimitsBuilder.Of(study, plan, computed, audit),
            Signatures = SignaturesBuilder.Of(state.Ledger, study, plan),
            Document = study.Document,
        };
    }

    /// <summary>Section 3 alone, for the study's page.</summary>
    public static BudgetSection Budget(StudyEntry study, StudyPlan plan) =>
        BudgetBuilder.Of(study, plan, ClaimsBuilder.Compute(study, plan, 0));

    private static IdentitySection Identity(CoordinatorState state, JournalHead head, StudyEntry study, StudyPlan plan)
        => new(
            study.Name,
            study.Hash,
            plan.Terms.Purpose,
            PrivacyFigures.StateName(study.Standing),
            plan.Members.Count,
            state.Server!.Host,
            KeyPin.TryParse(state.Server.ServerKey, out var pin) ? LedgerOrigin.Of(pin) : "",
            state.Server.Version,
            [.. StatedCosts.CodeHashes(study)],
            plan.InitialModel,
            study.LastCompleted?.Model ?? "",
            PrivacyFigures.Time(study.Proposed.Time),
            PrivacyFigures.Time(study.Ended?.Origin.Time ?? state.Last.Time),
            study.Proposed.Record,
            head.Sequence,
            head.Hash.ToString());

    private static MeaningSection Meaning(Computed computed) => new(
        computed.Meaning?.OddsFactor,
        computed.Meaning?.FalsePositiveRate,
        computed.Meaning?.TestPower,
        [.. computed.Meaning?.Beliefs.Select(b => new MeaningSection.Belief(b.Before, b.AtLeast, b.AtMost)) ?? []],
        [.. computed.Texts.Select(t => new MeaningSection.Text(t.Language, t.Meaning, t.Assumptions, t.NotProtected))]);
}

using FedMeta.Client.Budget;
using FedMeta.Client.Data;
using FedMeta.Client.Homes;
using FedMeta.Protocol;

namespace FedMeta.Client.Studies;

/// <summary>Reviews a study for this hospital: document, policy, budget and data, all objections at a time.</summary>
internal sealed class StudyReviewer(OpenedHome home)
{
    /// <summary>Reviews a document.</summary>
    public StudyReview Review(StudyDocument document)
    {
        var policy = home.Policy;
        var verdict = StudyVerification.Verify(document, home.Settings.ClientId, home.Identity.PublicKey, policy);
        if (verdict.Study is not { } study || verdict.Limits is not { } limits)
            return new StudyReview(document, verdict, null, [], verdict.Objections);
        var standing = HospitalBudget.Standing(home.Journal, study.Hash, limits);
        var forecast = StudyForecast.Of(study, limits, policy, standing);
        var objections = verdict.Objections.ToList();
        if (!forecast.Fits)
        {
            objections.Add(new(StudyObjectionKind.Budget,
                "run to its end the study would bring a patient of this hospital to epsilon = "
                + $"{forecast.SpentAfter:0.###} over all studies and the policy allows {forecast.Limit}; it would stop at "
                + $"round {forecast.Budget.StopsAfter} of {forecast.Budget.Rounds}"));
        }

        var site = new SiteFile(home.Settings.Data, home.Settings.ClientId).Read(study, limits.MinRows, out var data);
        if (site is not null)
        {
            if (PatientDelta.PolicyProblem(policy.Delta, site.Train.Count) is { } loose)
                objections.Add(new(StudyObjectionKind.Policy, loose));
            if (PatientDelta.Problem(study, site.Train.Count) is { } tooLarge) data = [.. data, tooLarge];
        }

        objections.AddRange(data.Where(problem => !problem.IsWarning)
            .Select(problem => new StudyObjection(StudyObjectionKind.Data,
                problem.Fault == DataFault.DeltaTooLarge ? $"{problem.What}; {problem.Hint}" : problem.What)));
        return new StudyReview(document, verdict, forecast, data, objections);
    }

    /// <summary>The objections as one error, with the code of the gravest kind.</summary>
    /// <exception cref="FedMetaException">There is an objection.</exception>
    public static void ThrowIfAny(StudyReview review)
    {
        if (review.Objections.Count == 0) return;
        var kind = review.Objections.Min(objection => objection.Kind);
        var (code, hint) = kind switch
        {
            StudyObjectionKind.Document =>
                (ExitCode.StudyDocument, "refuse the study, or ask its author to propose it anew"),
            StudyObjectionKind.Policy => (ExitCode.PolicyRefuses,
                "the policy is this hospital's own; change policy.toml only after those responsible agreed"),
            StudyObjectionKind.Budget => (ExitCode.BudgetExhausted, "see 'fedmeta-client ledger'"),
            _ => (ExitCode.Data, "see 'fedmeta-client data check' for every problem of the file"),
        };
        throw new FedMetaException(
            code,
            $"this hospital cannot approve the study: {string.Join("; ", review.Objections.Select(each => each.What))}",
            hint);
    }
}

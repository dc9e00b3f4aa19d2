namespace FedMeta.Privacy;

/// <summary>The sentences of a report in English.</summary>
internal static class EnglishReport
{
    public static ReportText Of(MechanismPlan plan, IReadOnlyList<PrivacyClaim> claims, BudgetForecast forecast)
    {
        var claim = claims[0];
        return new ReportText("en", Meaning(plan, claim, forecast), Assumptions(plan), NotProtected(plan));
    }

    private static List<string> Meaning(MechanismPlan plan, PrivacyClaim claim, BudgetForecast forecast)
    {
        var unit = Unit(claim.Unit);
        var (epsilon, delta) = (claim.Epsilons[0].Epsilon, claim.Epsilons[0].Delta);
        var adversary = claim.Colluders switch
        {
            0 => "the server",
            1 => "the server together with any one client",
            var c => $"the server together with any {c} clients",
        };
        var sentences = new List<string>
        {
            $"So far the study has used epsilon {ReportNumbers.Epsilon(epsilon)} at delta {ReportNumbers.Delta(delta)} "
                + $"for {unit}, of epsilon {ReportNumbers.Epsilon(plan.Request.Epsilon)} granted.",
            epsilon <= ReportNumbers.LargestTellingEpsilon
                ? $"Whatever {adversary} knew before, everything released can change its odds that the data of {unit} "
                    + $"were used by at most a factor of {ReportNumbers.OddsFactor(epsilon)}, except with a "
                    + $"probability of about {ReportNumbers.Delta(delta)}."
                : $"An epsilon above {ReportNumbers.LargestTellingEpsilon} gives no reassuring bound on what "
                    + $"{adversary} can learn about {unit}; judge it with an attack test as well.",
            $"A test that wrongly points at one absent {Noun(claim.Unit)} in a hundred finds at most "
                + $"{ReportNumbers.Percent(claim.TestPower)} of a hundred present ones.",
            $"{forecast.AttemptsLeft} more rounds fit the budget; after all of them epsilon is "
                + $"{ReportNumbers.Epsilon(forecast.EpsilonAtEnd)}.",
        };
        return sentences;
    }

    private static List<string> Assumptions(MechanismPlan plan)
    {
        var request = plan.Request;
        var assumptions = new List<string>
        {
            "Neighbouring data sets differ by taking out everything of one unit (zero-out); the list of members, the "
                + "number of tasks and every divisor are public and stay the same.",
            $"At most {request.Colluders} clients tell the server their noise, and every sum holds at least "
                + $"{request.Threshold} clients.",
            "Secure aggregation reveals nothing but the sum, and each hospital runs the published client: it clips and "
                + "draws noise as stated.",
            "Realised figures assume that drop-outs do not depend on values released before; worst-case figures do "
                + "not.",
        };
        assumptions.Add("Each patient is a patient of one hospital of the study only.");
        if (request.Contribution == ContributionKind.TaskGradient)
        {
            assumptions.Add(
                $"A patient stands in at most {request.TasksPerPatient} task(s) of a round, and the division into "
                + "tasks does not depend on the values of the data. Tasks are cut by rows, so each hospital's file "
                + "holds no patient in two rows.");
        }

        return assumptions;
    }

    private static List<string> NotProtected(MechanismPlan plan)
    {
        var list = new List<string>
        {
            "Facts about whole groups, which the model is meant to learn.",
            "Whether a hospital takes part: the members are named.",
            "A patient whose data several hospitals hold: such a patient is protected less than stated.",
            "Choices made by looking at the same data outside the study, such as its settings.",
            "What the running time of a client's computer or its traffic gives away.",
        };
        if (plan.Request.Unit != PrivacyUnit.Site)
            list.Add("Facts about a hospital as a whole; see the claim for sites.");
        return list;
    }

    private static string Unit(PrivacyUnit unit) => unit switch
    {
        PrivacyUnit.Patient => "one patient",
        PrivacyUnit.Task => "one task",
        _ => "one hospital",
    };

    private static string Noun(PrivacyUnit unit) => unit switch
    {
        PrivacyUnit.Patient => "patient",
        PrivacyUnit.Task => "task",
        _ => "hospital",
    };
}

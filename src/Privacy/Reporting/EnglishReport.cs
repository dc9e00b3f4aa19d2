namespace FedMeta.Privacy;

/// <summary>The sentences of a report in English.</summary>
internal static class EnglishReport
{
    public static ReportText Of(PrivacyReport report) =>
        new("en", Meaning(report), Assumptions(report.Facts.Plan), NotProtected(report.Facts.Plan));

    /// <summary>"the coordinator together with any one hospital".</summary>
    public static string Adversary(int colluders) => colluders switch
    {
        0 => "the coordinator",
        1 => "the coordinator together with any one hospital",
        _ => $"the coordinator together with any {colluders} hospitals",
    };

    /// <summary>"one patient".</summary>
    public static string Unit(PrivacyUnit unit) => $"one {Noun(unit)}";

    /// <summary>"patient".</summary>
    public static string Noun(PrivacyUnit unit) => unit switch
    {
        PrivacyUnit.Patient => "patient",
        PrivacyUnit.Task => "task",
        _ => "hospital",
    };

    private static List<string> Meaning(PrivacyReport report)
    {
        var (plan, forecast) = (report.Facts.Plan, report.Forecast);
        var unit = Unit(plan.Request.Unit);
        var delta = ReportNumbers.Delta(plan.Request.Delta);
        var sentences = new List<string>();
        if (report.Meaning is not { } meaning)
        {
            sentences.Add($"No claim is made: delta {delta} is too large for a study with at least "
                + $"{report.Facts.PatientsAtLeast} patients.");
            return sentences;
        }

        var adversary = Adversary(plan.Request.Colluders);
        sentences.Add($"So far the study has used epsilon {ReportNumbers.Up(meaning.Epsilon)} at delta {delta} "
            + $"for {unit}, of epsilon {ReportNumbers.Down(plan.Request.Epsilon)} granted.");
        sentences.Add(meaning.Epsilon <= ReportNumbers.LargestTellingEpsilon
            ? $"Whatever {adversary} knew before, everything released can change its odds that the data of {unit} "
                + $"were used by at most a factor of {ReportNumbers.OddsFactor(meaning.Epsilon)}, except with a "
                + $"probability of about {delta}."
            : $"An epsilon above {ReportNumbers.LargestTellingEpsilon} gives no reassuring bound on what {adversary} can "
                + $"learn about {unit}; judge it with an attack test as well.");
        sentences.Add($"A test that wrongly points at 1 of 100 absent {Noun(plan.Request.Unit)}s finds at most "
            + $"{ReportNumbers.Percent(meaning.TestPower)} of 100 present ones.");
        sentences.Add(forecast.AttemptsLeft == 0
            ? "No further round fits the budget."
            : $"{forecast.AttemptsLeft} more rounds fit the budget; after all of them epsilon is "
                + $"{ReportNumbers.Up(forecast.EpsilonAtEnd)}.");
        return sentences;
    }

    private static List<string> Assumptions(MechanismPlan plan)
    {
        var request = plan.Request;
        var assumptions = new List<string>
        {
            "Zero-out takes everything of one unit out, replace-one puts another unit in its place; the list of members, "
                + "the number of tasks and every divisor are public and stay the same.",
            $"A row with colluders counts on no noise of theirs; the budget counts {request.Colluders} of them and sums of "
                + $"at least {request.Threshold} hospitals.",
            "Secure aggregation reveals nothing but the sum, and each hospital runs the published client: it clips and "
                + "draws noise as stated.",
            "Realised figures assume that drop-outs do not depend on values released before; worst-case figures do "
                + "not.",
            "Each patient is a patient of one hospital of the study only.",
        };
        if (request.Contribution == ContributionKind.TaskGradient)
        {
            assumptions.Add(
                $"A patient stands in at most {request.TasksPerPatient} task(s) of a round, and the division into "
                + "tasks does not depend on the values of the data. Tasks are cut by rows, so each hospital's file "
                + "holds no patient in two rows.");
        }
        else if (request.Contribution == ContributionKind.PatientGradient)
        {
            assumptions.Add("Each row is one patient: no hospital's file holds a patient in two rows.");
        }

        if (request.SamplingRate.IsSampled)
        {
            assumptions.Add($"Each patient enters a round with chance {request.SamplingRate}, by a coin of its own that nobody "
                + "outside the hospital learns. Of a patient who is known to have been drawn, a round reveals what it "
                + "would without sampling.");
        }

        return assumptions;
    }

    private static List<string> NotProtected(MechanismPlan plan)
    {
        var list = new List<string>
        {
            "Facts about whole groups, which the model is meant to learn: what it says of people like a patient may be "
                + "true of the patient, whether or not the patient's data were used.",
            "Whether a hospital takes part: the members are named.",
            "A patient whose data several hospitals hold: such a patient is protected less than stated.",
            "Choices made by looking at the same data outside the study, such as its settings.",
            "What the running time of a hospital's computer or its traffic gives away.",
            "That a hospital's file cannot be used any more, or holds too many patients for the study's delta: the hospital "
                + "then withdraws from the round and says no more than that.",
            "A model that a hospital adapts to its own patients and then hands on: that is another release.",
        };
        if (plan.Request.Unit != PrivacyUnit.Site)
            list.Add("Facts about a hospital as a whole; see the claim for sites.");
        return list;
    }
}

namespace FedMeta.Privacy;

/// <summary>The one page in English.</summary>
internal static class EnglishSummary
{
    public static ReportSummary Of(PrivacyReport report) =>
        new("en", "Summary for the data protection officer", Verdict(report), [.. Parts(report)]);

    private static string Verdict(PrivacyReport report)
    {
        var request = report.Facts.Plan.Request;
        var delta = ReportNumbers.Delta(request.Delta);
        if (report.Meaning is not { } meaning)
            return $"No claim: delta {delta} is too large for this many patients.";
        var within = report.Forecast.Charged <= report.Forecast.Granted ? "Within" : "OVER";
        return $"{within} the approved budget: epsilon {ReportNumbers.Up(meaning.Epsilon)} of "
            + $"{ReportNumbers.Down(request.Epsilon)} is spent, at delta {delta}, for {EnglishReport.Unit(request.Unit)}.";
    }

    private static IEnumerable<SummaryPart> Parts(PrivacyReport report)
    {
        var facts = report.Facts;
        var request = facts.Plan.Request;
        yield return new SummaryPart(
            "What was done",
            $"{facts.Hospitals} hospitals train one model together. No patient record leaves a hospital. In each round a "
                + "hospital sends one list of numbers, with random noise added and then masked; the coordinator can open "
                + $"only the sum over at least {request.Threshold} hospitals. How much one patient can change what is "
                + "released is limited by differential privacy, and measured by epsilon: the smaller, the better.");
        if (report.Meaning is { } meaning)
        {
            yield return new SummaryPart($"What it means for {EnglishReport.Unit(request.Unit)}", Meaning(report, meaning));
        }

        yield return new SummaryPart("If everyone else worked together", AllOthers(report));
        yield return new SummaryPart("What is left", Left(report));
        yield return new SummaryPart(
            "What is not protected",
            "What the model says of groups of patients. That a hospital takes part. A patient whose data lie in several "
                + "hospitals is protected less. What a hospital's own staff, computers, backups and network give away. "
                + "Choices made by trying things out on the same patients outside the study.");
        yield return new SummaryPart(
            "What only the hospitals can confirm",
            $"That all patients of the study together are no more than {ReportNumbers.Many(DeltaRule.MostPatients(request.Delta))}; that no "
                + "patient stands in two rows or in two hospitals; that each hospital runs the published program; that "
                + "the settings were not chosen by looking at these patients.");
        yield return new SummaryPart("What departs from the usual", Deviations(facts.Deviations));
        yield return new SummaryPart(
            "How to check this page",
            "Every figure follows from the coordinator's journal and can be computed again without the coordinator: "
                + "fedmeta audit verify JOURNAL.jsonl --report REPORT.json.");
    }

    private static string Meaning(PrivacyReport report, ClaimMeaning meaning)
    {
        var request = report.Facts.Plan.Request;
        var noun = EnglishReport.Noun(request.Unit);
        var adversary = EnglishReport.Adversary(request.Colluders);
        var test = $"A test that wrongly points at 1 of 100 absent {noun}s finds at most "
            + $"{ReportNumbers.Percent(meaning.TestPower)} of 100 present ones.";
        if (meaning.Epsilon > ReportNumbers.LargestTellingEpsilon)
        {
            return $"Epsilon is so large that it gives no reassuring bound on what {adversary} can learn. Judge the study "
                + $"by attack tests as well. {test}";
        }

        var even = meaning.Beliefs[^1];
        return $"Take {adversary}, with all that is released. If they held it fifty-fifty that the data of a certain {noun} "
            + $"were used, they can come to hold it at most {ReportNumbers.Percent(even.AtMost)} % likely, and no less than "
            + $"{ReportNumbers.PercentDown(even.AtLeast)} %, but for a chance of about 1 in "
            + $"{ReportNumbers.OneIn(meaning.Delta)}. {test}";
    }

    private static string AllOthers(PrivacyReport report)
    {
        if (report.Claims[0].AgainstAllOthers.WorstCase.Epsilons[0].Epsilon is not { } epsilon)
            return "No figure is given at this delta.";
        var judgement = epsilon > ReportNumbers.LargestTellingEpsilon
            ? "That is no reassuring protection: what counts is that they do not."
            : $"A fifty-fifty guess could become {ReportNumbers.Percent(BeliefBounds.Of(0.5, epsilon).AtMost)} % sure. This "
                + "figure depends on nobody else.";
        return "If the coordinator and all other hospitals turned against one hospital, its own noise alone would protect "
            + $"its patients: epsilon {ReportNumbers.Up(epsilon)}. {judgement}";
    }

    private static string Left(PrivacyReport report)
    {
        var forecast = report.Forecast;
        if (report.Facts.IsOver)
            return "The study is over. No round can follow, and what is unspent lapses.";
        return forecast.AttemptsLeft == 0
            ? "The budget is used up: each hospital's own program refuses any further round."
            : $"{forecast.AttemptsLeft} more rounds fit the budget; after all of them epsilon is "
                + $"{ReportNumbers.Up(forecast.EpsilonAtEnd)}. Then each hospital's own program refuses any further round.";
    }

    private static string Deviations(int count) => count switch
    {
        0 => "Nothing on record. Section 5 shows who dropped out of a round.",
        1 => "One departure is on record; section 7 says which.",
        _ => $"{count} departures are on record; section 7 lists them.",
    };
}

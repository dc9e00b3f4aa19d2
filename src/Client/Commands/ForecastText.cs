using System.Globalization;
using FedMeta.Client.Studies;

namespace FedMeta.Client.Commands;

/// <summary>A forecast in the words that a hospital reads before it decides; <c>--json</c> has the same facts.</summary>
internal static class ForecastText
{
    public static string Of(StudyForecast forecast) =>
        $"run to its end this study costs a {forecast.Unit} epsilon = {Output.Epsilon(forecast.Epsilon)} "
        + $"at delta = {forecast.Delta};\n"
        + $"this study will cost this hospital epsilon = {Output.Epsilon(forecast.PatientEpsilon)} for a patient, at delta = "
        + $"{forecast.PolicyDelta}; over all studies {Output.Epsilon(forecast.SpentBefore)} so far "
        + $"and {Output.Epsilon(forecast.SpentAfter)} then, of {Output.Epsilon(forecast.Limit)} that the policy allows,\n"
        + $"after which epsilon = {Output.Epsilon(forecast.Budget.Remains)} remains for another study;\n"
        + $"{Reach(forecast.Budget)};\n"
        + $"if everyone else colluded with the coordinator, its own noise, {forecast.OwnNoise:0.###} times what a patient can "
        + $"move, would still keep a patient at epsilon = {Output.Epsilon(forecast.AloneEpsilon)};\n"
        + (forecast.Groups == 1
            ? $"in each round this hospital hides among {forecast.Crowd} hospitals, all members"
            : $"in each round this hospital hides among the {forecast.Crowd} or more of its own group, one of "
                + $"{forecast.Groups} that are drawn anew: the cost is that of its group's sum")
        + $";\n{forecast.Claim}";

    private static string Reach(BudgetReach reach)
    {
        var cost = $"one attempt at a round costs epsilon = {Output.Epsilon(reach.RoundEpsilon)} at most";
        if (!reach.ReachesEnd)
        {
            return Line($"it stops at round {reach.StopsAfter} of {reach.Rounds}, where this hospital's budget ends; {cost}");
        }

        var spare = reach.AttemptsCharged + reach.AttemptsLeft - reach.Rounds;
        return Line($"it stops at round {reach.StopsAfter} of {reach.Rounds}, its last, or {Tries(spare)}; {cost}");
    }

    private static string Tries(long spare) => spare == 0
        ? "as many rounds earlier as rounds are tried again, which costs again"
        : Line($"earlier where more than {spare} are tried again, which costs again");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

namespace FedMeta.Learning;

/// <summary>Harrell's C: of the pairs whose order of events is known, the share in which the higher risk came
/// first.</summary>
/// <param name="Value">Null where no pair is comparable.</param>
/// <param name="Concordant">Pairs in the right order, tied risks counted half.</param>
/// <param name="Comparable">Pairs whose order is known; belongs beside the value.</param>
public sealed record ConcordanceIndex(double? Value, double Concordant, long Comparable)
{
    /// <summary>
    /// A pair is comparable where the earlier time is an event, or the times are equal and one of the two is an event.
    /// </summary>
    /// <param name="time">Time of event or censoring.</param>
    /// <param name="happened">1 for an event, 0 for censored.</param>
    /// <param name="risk">Higher means sooner.</param>
    public static ConcordanceIndex Harrell(
        ReadOnlySpan<double> time, ReadOnlySpan<double> happened, ReadOnlySpan<double> risk)
    {
        FlatVector.RequireSameLength(time.Length, happened.Length);
        FlatVector.RequireSameLength(time.Length, risk.Length);
        double concordant = 0;
        long comparable = 0;
        for (var i = 0; i < time.Length; i++)
        {
            if (happened[i] == 0) continue;
            for (var j = 0; j < time.Length; j++)
            {
                if (!(time[i] < time[j] || (time[i] == time[j] && happened[j] == 0))) continue;
                comparable++;
                concordant += risk[i] > risk[j] ? 1 : risk[i] == risk[j] ? 0.5 : 0;
            }
        }

        return new ConcordanceIndex(comparable == 0 ? null : concordant / comparable, concordant, comparable);
    }
}

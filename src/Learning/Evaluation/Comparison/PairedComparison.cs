using System.Globalization;

namespace FedMeta.Learning;

/// <summary>
/// Two models on the same patients. What counts is the difference within each patient, not whether two intervals
/// overlap: patients are resampled, at each site by themselves, and both models are judged on every resample. Nobody
/// is called better whose interval of the difference holds zero: that is a tie, and the words say so.
/// </summary>
/// <param name="First">Name of the first model.</param>
/// <param name="Second">Name of the second.</param>
/// <param name="Sites">Sites, each counting the same.</param>
/// <param name="Patients">Patients of all sites.</param>
/// <param name="Loss">Difference in mean loss; it gives the verdict.</param>
/// <param name="Ranking">Difference in AUROC or Harrell's C over the sites where both have one; null where none
/// has.</param>
/// <param name="Words">The finding as a sentence.</param>
public sealed record PairedComparison(
    string First, string Second, int Sites, int Patients, MeasureDifference Loss, MeasureDifference? Ranking,
    string Words)
{
    /// <summary>Below this many patients no resampling tells chance from merit, and nobody is called better.</summary>
    public const int FewestPatients = 10;

    /// <summary>By the loss.</summary>
    public Verdict Verdict => Loss.Verdict;

    /// <summary>Compares at one site.</summary>
    public static PairedComparison Of(string first, string second, Judgement ours, Judgement theirs, ulong seed) =>
        Of(first, second, [(ours, theirs)], seed);

    /// <summary>Compares over sites.</summary>
    /// <param name="first">Name of the first model.</param>
    /// <param name="second">Name of the second.</param>
    /// <param name="sites">Both judged on the same patients, site by site.</param>
    /// <param name="seed">Of the resampling.</param>
    /// <exception cref="ArgumentException">No site, or the two were judged on different patients.</exception>
    public static PairedComparison Of(
        string first, string second, IReadOnlyList<(Judgement First, Judgement Second)> sites, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(sites);
        if (sites.Count == 0) throw new ArgumentException("there is no site to compare at");
        if (sites.Any(s => !s.First.Targets.SequenceEqual(s.Second.Targets)))
            throw new ArgumentException("the two models were judged on different patients");
        var kind = sites[0].First.Spec.Loss;
        var loss = Difference(Measure.Loss, sites, seed)!;
        var ranking = Difference(Measures.Ranking(kind), sites, seed);
        var patients = sites.Sum(s => s.First.Patients);
        return new PairedComparison(
            first, second, sites.Count, patients, loss, ranking, Say(kind, first, second, patients, loss, ranking));
    }

    private static MeasureDifference? Difference(
        Measure measure, IReadOnlyList<(Judgement First, Judgement Second)> all, ulong seed)
    {
        var sites = all.Where(s => s.First.Value(measure) is not null && s.Second.Value(measure) is not null).ToList();
        if (sites.Count == 0) return null;
        var first = sites.Average(s => s.First.Value(measure)!.Value);
        var second = sites.Average(s => s.Second.Value(measure)!.Value);
        var interval = sites.Sum(s => s.First.Patients) < FewestPatients ? null : Resampled(measure, sites, seed);
        var verdict = interval is not { } range || range.Contains(0)
            ? Verdict.Tie
            : Measures.Badness(measure, first).CompareTo(Measures.Badness(measure, second)) switch
            {
                < 0 => Verdict.Better,
                0 => Verdict.Tie,
                _ => Verdict.Worse,
            };
        return new MeasureDifference(measure, first, second, interval, verdict);
    }

    private static Interval? Resampled(
        Measure measure, List<(Judgement First, Judgement Second)> sites, ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var groups = sites.Select(s => Bootstrap.Groups(s.First.Strata(measure))).ToList();
        var drawn = sites.Select(s => new int[s.First.Patients]).ToList();
        var replicates = Bootstrap.Usual(sites.Sum(s => s.First.Patients));
        var values = new List<double>(replicates);
        for (var r = 0; r < replicates; r++)
        {
            double? sum = 0;
            for (var i = 0; i < sites.Count; i++)
            {
                Bootstrap.Resample(groups[i], generator, drawn[i]);
                sum += sites[i].First.Value(measure, drawn[i]) - sites[i].Second.Value(measure, drawn[i]);
            }

            if (sum is { } total) values.Add(total / sites.Count);
        }

        return values.Count * 2 < replicates ? null : Bootstrap.Middle(values);
    }

    private static string Say(
        LossKind kind, string first, string second, int patients, MeasureDifference loss, MeasureDifference? ranking)
    {
        var found = loss.Verdict switch
        {
            Verdict.Better => $"{first} is better than {second}",
            Verdict.Worse => $"{first} is worse than {second}",
            _ => $"{first} and {second} are a tie",
        };
        var why = patients < FewestPatients ? $" ({patients} patients are too few to tell)" : "";
        var rank = ranking is null ? ""
            : $"; {Figures(kind, ranking)}{(ranking.Verdict == Verdict.Tie ? ", a tie" : "")}";
        return $"{found}{why}: {Figures(kind, loss)}{rank}";
    }

    private static string Figures(LossKind kind, MeasureDifference d)
    {
        var range = d.Interval is { } i
            ? string.Create(
                CultureInfo.InvariantCulture, $", 95 % {i.Low:+0.000;-0.000;0.000} to {i.High:+0.000;-0.000;0.000}")
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Measures.NameOf(d.Measure, kind)} {d.First:0.000} against {d.Second:0.000} "
            + $"({d.Difference:+0.000;-0.000;0.000}{range})");
    }
}

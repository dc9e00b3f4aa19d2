using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.Heart;

namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary>
/// Trains on all hospitals but one and adapts there: half of its patients, drawn anew each time, give the k labelled
/// ones, the other half judges. Mean and deviation are those of the training hospitals, or of the newcomer's own first
/// half, for which it needs no label.
/// </summary>
internal static class LeaveOneOut
{
    /// <summary>Numbers of labelled patients; null for all of the half.</summary>
    public static IReadOnlyList<int?> Patients { get; } = [0, 5, 10, 20, 40, null];

    /// <summary>Plays one hospital left out, all draws.</summary>
    /// <param name="model">The model.</param>
    /// <param name="hospitals">All.</param>
    /// <param name="left">Which is the newcomer.</param>
    /// <param name="scaling">Whose mean and deviation.</param>
    /// <param name="settings">Rounds and rates.</param>
    /// <param name="draws">Times that the newcomer's patients are drawn.</param>
    /// <param name="seed">Of everything.</param>
    /// <param name="trained">Called after each model.</param>
    public static IReadOnlyList<NewcomerScore> Play(IModel<double> model, IReadOnlyList<HeartHospital> hospitals,
        int left, ScalingOrigin scaling, HeartSettings settings, int draws, ulong seed, Action trained)
    {
        Batch<double>[] others = [.. hospitals.Where((_, i) => i != left).Select(h => h.Patients)];
        var all = LearnedScaling.Of(Batch<double>.Concatenate(others));
        var own = scaling == ScalingOrigin.Hospital;
        var ways = NewHospitalWays.Train(
            model, [.. others.Select(o => (own ? LearnedScaling.Of(o) : all).Apply(o))], settings, seed, trained);
        var scores = new List<NewcomerScore>();
        var (newcomer, half) = (hospitals[left], hospitals[left].Patients.Count / 2);
        for (var draw = 0; draw < draws; draw++)
        {
            var order = new SeededGenerator(SeededGenerator.Derive(SeededGenerator.Derive(seed, (ulong)left),
                (ulong)draw)).Permutation(newcomer.Patients.Count);
            var (first, second) = (newcomer.Patients.Select(order.AsSpan(0, half)),
                newcomer.Patients.Select(order.AsSpan(half)));
            var scaler = own ? LearnedScaling.Of(first) : all;
            var (labelled, judging) = (scaler.Apply(first), scaler.Apply(second));
            foreach (var way in ways)
            {
                foreach (var k in Patients)
                {
                    if (k > half || (k == 0 && way.Unadapted is null)) continue;
                    var theta = k == 0 ? way.Unadapted : way.Adapt(labelled.Slice(0, k ?? half));
                    scores.Add(new NewcomerScore(
                        way.Name, newcomer.Name, k, draw, SiteScore.Of(model, theta, judging)));
                }
            }
        }

        return scores;
    }
}

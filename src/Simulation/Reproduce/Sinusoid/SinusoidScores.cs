using System.Text.Json.Serialization;
using FedMeta.Simulation.Reproduce.FewShot;

namespace FedMeta.Simulation.Reproduce.Sinusoid;

/// <summary>Mean squared errors over test tasks.</summary>
/// <param name="Shots">Support points.</param>
/// <param name="AfterSteps">After 0, 1, 5 and 10 steps.</param>
/// <param name="Guarded">After ten guarded steps.</param>
internal sealed record SinusoidScores(
    [property: JsonPropertyName("shots")] int Shots,
    [property: JsonPropertyName("after_0_1_5_10_steps")] IReadOnlyList<Estimate> AfterSteps,
    [property: JsonPropertyName("after_10_guarded_steps")] Estimate Guarded)
{
    /// <summary>From the columns of <see cref="SinusoidExam.Score"/>.</summary>
    public static SinusoidScores Of(int shots, double[][] columns)
    {
        var estimates = columns.Select(c => Estimate.Of(c, SinusoidExam.DivergedAbove)).ToList();
        return new SinusoidScores(shots, estimates[..^1], estimates[^1]);
    }
}

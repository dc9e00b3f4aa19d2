using System.Text.Json;
using System.Text.Json.Nodes;

namespace FedMeta.Simulation.Bench;

/// <summary>What a script reads.</summary>
internal static class PldBenchJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(PldBenchReport report) => new JsonObject
    {
        ["noise_multiplier"] = report.Options.Noise,
        ["sampling_rate"] = report.Options.Rate,
        ["rounds"] = report.Options.Rounds,
        ["delta"] = report.Options.Delta,
        ["interval"] = report.Options.Interval,
        ["epsilon"] = report.Figure.Epsilon,
        ["epsilon_remove"] = report.Figure.Remove,
        ["epsilon_add"] = report.Figure.Add,
        ["lost_probability"] = report.Figure.Lost,
        ["one_step_points"] = report.Figure.ReleasePoints,
        ["sum_points"] = report.Figure.SumPoints,
        ["clock"] = CpuClock.Name,
        ["repeats"] = report.Warm.Count,
        ["warm_seconds"] = new JsonObject
        {
            ["one_step"] = Of(report.Of(timing => timing.OneStep)),
            ["composition"] = Of(report.Of(timing => timing.Composition)),
            ["total"] = Of(report.Of(timing => timing.Total)),
            ["wall"] = Of(report.Of(timing => timing.Wall)),
        },
        ["cold_seconds"] = new JsonObject
        {
            ["one_step"] = report.Cold.OneStep,
            ["composition"] = report.Cold.Composition,
            ["total"] = report.Cold.Total,
            ["wall"] = report.Cold.Wall,
        },
        ["peak_memory_bytes"] = PeakMemory.Bytes,
    }.ToJsonString(Indented);

    private static JsonNode Of(Spread spread) => JsonSerializer.SerializeToNode(spread)!;
}

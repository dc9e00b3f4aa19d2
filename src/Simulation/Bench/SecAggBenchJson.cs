using System.Text.Json;
using System.Text.Json.Nodes;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>What a script reads.</summary>
internal static class SecAggBenchJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(SecAggBenchReport report)
    {
        var parameters = report.Plan.Parameters;
        var speeds = report.Speeds;
        return new JsonObject
        {
            ["clients"] = parameters.MaxClients,
            ["dimension"] = parameters.Vectors[0].Length,
            ["bits"] = parameters.Vectors[0].RingBits,
            ["graph"] = parameters.Graph is null ? "full" : "sparse",
            ["neighbours"] = parameters.Graph?.Neighbours ?? (parameters.MaxClients - 1),
            ["threshold"] = parameters.Threshold,
            ["share_threshold"] = parameters.ShareThreshold,
            ["colluders"] = parameters.Colluders,
            ["dropped"] = report.Plan.Dropped,
            ["included"] = report.Rounds[0].Survivors.Count,
            ["sum_exact"] = true, // there is no report otherwise
            ["repeats"] = report.Rounds.Count,
            ["clock"] = CpuClock.Name,
            ["threads"] = report.Threads,
            ["client_seconds"] = ByPhase(phase => Of(report.Client(phase)), Of(report.ClientTotal)),
            ["server_seconds"] = ByPhase(
                phase => report.Median(round => round.Costs.Server(phase)),
                report.Median(round => round.Costs.ServerTotal)),
            ["unmask_wall_seconds"] = report.Median(round => round.UnmaskWallSeconds),
            ["round_wall_seconds"] = report.Median(round => round.WallSeconds),
            ["wall_on_all_cores"] = new JsonObject
            {
                ["client_seconds"] = report.ClientOnAllCores,
                ["server_seconds"] = report.ServerOnAllCores,
            },
            ["upload"] = new JsonObject
            {
                ["bytes"] = report.UploadBytes,
                ["masked_input_bytes"] = parameters.PackedLength,
                ["raw_float32_bytes"] = report.RawBytes,
                ["ratio"] = report.UploadBytes / report.RawBytes,
            },
            ["keystream"] = new JsonObject
            {
                ["openssl_gb_per_second"] = speeds.Openssl / 1e9,
                ["kernel_gb_per_second"] = speeds.Kernel / 1e9,
                ["kernel_ratio"] = speeds.KernelRatio,
                ["portable_gb_per_second"] = speeds.Portable / 1e9,
                ["portable_ratio"] = speeds.PortableRatio,
            },
            ["packing"] = new JsonObject
            {
                ["pack_elements_per_second"] = speeds.Pack,
                ["unpack_elements_per_second"] = speeds.Unpack,
            },
            ["memory"] = new JsonObject
            {
                ["peak_bytes"] = PeakMemory.Bytes,
                ["server_managed_bytes"] = report.Median(round => round.ServerBytes),
            },
        }.ToJsonString(Indented);
    }

    private static JsonObject ByPhase(Func<AggregationPhase, JsonNode> figure, JsonNode total)
    {
        var phases = new JsonObject();
        foreach (var phase in PhaseCosts.Phases)
            phases[JsonNamingPolicy.SnakeCaseLower.ConvertName($"{phase}")] = figure(phase);
        phases["total"] = total;
        return phases;
    }

    private static JsonNode Of(Spread spread) => JsonSerializer.SerializeToNode(spread)!;
}

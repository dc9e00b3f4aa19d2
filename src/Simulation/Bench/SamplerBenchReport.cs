using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Bench;

/// <summary>What <c>bench sampler</c> found.</summary>
/// <param name="Seconds">Of each measurement.</param>
/// <param name="Threads">How many threads "all" are.</param>
/// <param name="Clock">What a second on one thread is.</param>
/// <param name="Keystream">Bytes a second of AES-256-CTR from which the samples are drawn, on one thread.</param>
/// <param name="Openssl">Bytes a second of <c>openssl speed</c> for the same cipher; null without openssl.</param>
/// <param name="Speeds">By width.</param>
internal sealed record SamplerBenchReport(
    [property: JsonPropertyName("seconds")] double Seconds,
    [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("clock")] string Clock,
    [property: JsonPropertyName("keystream_bytes_per_second")] double Keystream,
    [property: JsonPropertyName("openssl_bytes_per_second")] double? Openssl,
    [property: JsonPropertyName("speeds")] IReadOnlyList<SamplerSpeed> Speeds);

using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Bench;

/// <summary>How fast discrete Gaussian samples of one width are drawn.</summary>
/// <param name="LogSigma">Binary logarithm of the parameter s.</param>
/// <param name="OneThread">Samples a second of processor time on one thread.</param>
/// <param name="Exact">The same where every comparison is made on exact fractions, as the paper writes it.</param>
/// <param name="Ratio">How many times as fast the first is.</param>
/// <param name="AllThreads">Samples a second on the wall with a thread on every core.</param>
/// <param name="Words">Uniform words of 64 bits that a sample takes.</param>
internal sealed record SamplerSpeed(
    [property: JsonPropertyName("log2_sigma")] int LogSigma,
    [property: JsonPropertyName("one_thread_samples_per_second")] double OneThread,
    [property: JsonPropertyName("exact_comparisons_samples_per_second")] double Exact,
    [property: JsonPropertyName("ratio")] double Ratio,
    [property: JsonPropertyName("all_threads_samples_per_second")] double AllThreads,
    [property: JsonPropertyName("words_per_sample")] double Words);

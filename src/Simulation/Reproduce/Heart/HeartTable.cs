using System.Text.Json.Serialization;
using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>All methods with one model, split and scaling.</summary>
internal sealed record HeartTable(
    [property: JsonIgnore] HeartCase Case,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("split")] string Split,
    [property: JsonPropertyName("scaling")] string Scaling,
    [property: JsonPropertyName("rows")] HeartRow[] Rows,
    [property: JsonPropertyName("vectors")] LearnedVectors[] Vectors)
{
    /// <summary>Puts the runs of all seeds together.</summary>
    public static HeartTable Of(HeartCase kind, ModelSpec spec, HeartSettings settings, IReadOnlyList<HeartRun> runs) =>
        new(kind, spec.Text, kind.Published ? "published" : "random",
            kind.Scaling == ScalingOrigin.Hospital ? "each hospital's own" : "all hospitals together",
            [.. runs[0].Methods.Select((method, i) => new HeartRow(method.Method,
                ScoreSpread.Of([.. runs.Select(r => r.Methods[i].Macro)]),
                [.. method.Sites.Select((_, site) =>
                    ScoreSpread.Of([.. runs.Select(r => r.Methods[i].Sites[site])]))]))],
            [.. runs[0].Federations.Keys.Select(name => LearnedVectors.Of(name, settings.Plan(name).Describe(),
                [.. runs.Select(r => r.Federations[name])]))]);
}

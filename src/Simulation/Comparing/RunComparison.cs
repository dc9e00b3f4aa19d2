using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Simulation.Demo.Scores;

namespace FedMeta.Simulation.Comparing;

/// <summary>The models of several runs of one study, each metric as mean and standard deviation over the runs.</summary>
internal static class RunComparison
{
    /// <summary>Reads evaluation.json of each folder.</summary>
    /// <exception cref="FedMetaException">A folder holds none, or the runs did not judge the same models.</exception>
    public static IReadOnlyList<ComparedModel> Of(IReadOnlyList<string> folders)
    {
        var runs = folders.Select(Read).ToList();
        var models = runs[0].Summary.Select(m => m.Model).ToList();
        for (var i = 1; i < runs.Count; i++)
        {
            if (!runs[i].Summary.Select(m => m.Model).SequenceEqual(models, StringComparer.Ordinal))
                throw new FedMetaException(ExitCode.Usage, $"{folders[i]} judged other models than {folders[0]}",
                    "compare runs of one study");
        }

        return [.. models.Select(model => ComparedModel.Of(
            model, [.. runs.Select(run => run.Summary.Single(m => m.Model == model))]))];
    }

    private static EvaluationFile Read(string folder)
    {
        var path = Path.Combine(folder, "evaluation.json");
        try
        {
            var bytes = EnvironmentFaults.Explaining(path, () => File.ReadAllBytes(path));
            return JsonSerializer.Deserialize<EvaluationFile>(bytes) ?? throw NoEvaluation(path);
        }
        catch (JsonException)
        {
            throw NoEvaluation(path);
        }
    }

    private static FedMetaException NoEvaluation(string path) => new(
        ExitCode.Data, $"{path} is not the evaluation of a demo", "give folders that 'fedmeta-sim demo --out' made");
}

using System.CommandLine;
using FedMeta.Client.Adaptation;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary><c>adapt</c>: makes the meta-model this hospital's own.</summary>
internal static class AdaptCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var selector = new Argument<string>("study") { Description = "Name or hash of the study" };
        var shots = new Option<int?>("--shots") { Description = "How many own training rows to use (default: all)" };
        shots.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0) result.AddError("--shots is 0 or more");
        });
        var output = new Option<string>("--output", "-o")
        {
            Description = "File for the adapted model",
            Required = true,
        };
        return new Command("adapt", """
            Adapt a study's meta-model to this hospital, guarded; works also for a study this hospital was no member of
            Example: fedmeta-client adapt heart --shots 20 -o heart.safetensors
            """)
        { selector, shots, output }.With(context, async (own, parsed, stop) =>
        {
            using var home = own.OpenHome();
            var path = Path.GetFullPath(parsed.GetRequiredValue(output));
            var (fetched, data) = await HospitalRows.WithModelAsync(own, home, parsed.GetRequiredValue(selector), stop);
            var support = HospitalAdaptation.Support(fetched.Study, data.Train, parsed.GetValue(shots));
            var result = HospitalAdaptation.Adapt(fetched.Study, fetched.Model, support, shots: null);
            using var bytes = new MemoryStream();
            ModelFileWriter.Write(HospitalAdaptation.ToFile(fetched.Study, fetched.Model, fetched.Hash, result), bytes);
            DurableFile.Write(path, bytes.ToArray(), secret: true);
            var facts = new AdaptedOutput(fetched.Study.Name, fetched.Hash, path, result.Name, result.Reason,
                result.Patients, result.KeptSteps,
                HospitalAdaptation.Warnings(fetched.Study, fetched.Model, result, support), [.. result.Candidates]);
            var written = AdaptationFiles.Write(facts);
            if (own.Json) return Output.Json(own, facts, OutputShapes.Default.AdaptedOutput);
            own.Out.WriteLine($"{facts.Choice}: {facts.Reason}");
            foreach (var candidate in facts.Candidates)
            {
                own.Out.WriteLine($"  {candidate.Name}: held-out loss "
                    + $"{Output.Score(candidate.Loss)}{(candidate.Remark is null ? "" : $" ({candidate.Remark})")}");
            }

            foreach (var warning in facts.Warnings) own.Out.WriteLine($"warning: {warning}");
            own.Out.WriteLine($"written to {path}");
            own.Out.WriteLine($"how it was chosen: {string.Join(", ", written.Select(Path.GetFileName))}");
            own.Out.WriteLine("it was fitted to this hospital's patients without noise: keep it here");
            return (int)ExitCode.Ok;
        });
    }
}

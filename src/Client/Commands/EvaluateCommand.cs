using System.CommandLine;
using FedMeta.Client.Adaptation;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary><c>evaluate</c>: models on this hospital's held-out patients.</summary>
internal static class EvaluateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var selector = new Argument<string>("study") { Description = "Name or hash of the study" };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "File for the result as JSON; pictures and a page for reading are written beside it",
        };
        var draws = new Option<int>("--draws")
        {
            Description = "Draws of labelled patients for the adaptation curves; 0 leaves them out",
            DefaultValueFactory = _ => 10,
        };
        draws.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 1000) result.AddError("--draws is 0 .. 1000");
        });
        var by = new Option<string?>("--by") { Description = "A feature of the study: also judge its groups apart" };
        var beside = new Option<string?>("--beside")
        {
            Description = "Another study of the same outcome, for example of fedavg: also judge its model",
        };
        return new Command("evaluate", """
            Compare the meta-model, its adaptation and this hospital alone on own held-out patients; nothing leaves
            Example: fedmeta-client evaluate heart -o evaluation.json
            """)
        { selector, output, draws, by, beside }.With(context, async (own, parsed, stop) =>
        {
            using var home = own.OpenHome();
            var (fetched, data) = await HospitalRows.WithModelAsync(own, home, parsed.GetRequiredValue(selector), stop);
            if (data.Test.Count == 0)
            {
                throw new FedMetaException(ExitCode.Data, "no row is held out, so there is nothing to judge on",
                    "mark some rows 'test' in the fold column, or add patients");
            }

            BesideModel? other = null;
            if (parsed.GetValue(beside) is { } name)
            {
                var (its, rows) = await HospitalRows.WithModelAsync(own, home, name, stop);
                other = new BesideModel(its.Study, its.Model, rows);
            }

            var report = HospitalEvaluation.Run(fetched.Study, fetched.Model, fetched.Hash, data,
                new EvaluationOptions(parsed.GetValue(draws), parsed.GetValue(by), other));
            var written = parsed.GetValue(output) is { } file
                ? EvaluationFiles.Write(Path.GetFullPath(file), report) : [];
            if (own.Json) return Output.Json(own, report, OutputShapes.Default.EvaluationReport);
            EvaluationText.Print(own, report);
            foreach (var path in written) own.Out.WriteLine($"written to {path}");
            return (int)ExitCode.Ok;
        });
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text;
using FedMeta.Client.Data;
using FedMeta.Client.Homes;
using FedMeta.Client.Policy;
using FedMeta.Client.Studies;
using FedMeta.Protocol;
using Spectre.Console;

namespace FedMeta.Client.Commands;

/// <summary><c>data check</c>: schema and quality of the hospital's file. Nothing leaves.</summary>
internal static class DataCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var selector = new Argument<string?>("study")
        {
            Description = "Name or hash of a study; without it the newest one that this hospital decided on",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new Command("data", "This hospital's data")
        {
            new Command("check", """
                Read the file as a study would and count what is missing or far off; nothing leaves
                Example: fedmeta-client data check heart
                """)
            { selector }.With(context, async (own, parsed, stop) =>
            {
                using var home = own.OpenHome();
                var study = await FindAsync(own, home, parsed.GetValue(selector), stop);
                var limits = EffectiveLimits.Tighten(study.Demands, home.Policy);
                var report = DataInspection.Run(home.Settings.Data, study, home.Settings.ClientId, limits.MinRows);
                var code = report.Problems.All(problem => problem.IsWarning) ? ExitCode.Ok : ExitCode.Data;
                if (own.Json) return Output.Json(own, report, OutputShapes.Default.DataReport, code);
                Print(own, report);
                return (int)code;
            }),
        };
    }

    private static async Task<VerifiedStudy> FindAsync(
        CommandContext own, OpenedHome home, string? selector, CancellationToken stop)
    {
        var known = home.Journal.Ask(state => state.Decisions
            .LastOrDefault(each => selector is null || each.Name == selector)?.Document);
        StudyDocument document;
        if (known is not null)
        {
            document = StudyDocument.Read(Encoding.UTF8.GetBytes(known)).OrThrow("the study document");
        }
        else
        {
            if (selector is null)
            {
                throw new FedMetaException(ExitCode.Usage, "this hospital has not decided on any study yet",
                    "name a study: fedmeta-client data check STUDY");
            }

            using var connection = await own.ConnectAsync(home, stop);
            var inbox = new StudyInbox(connection);
            var summary = await inbox.FindAsync(selector, stop);
            document = await inbox.GetAsync(new Sha256Digest(summary.StudyHash.Span), stop);
        }

        var (study, problems) = StudyVerification.Read(document);
        return study ?? throw new FedMetaException(ExitCode.StudyDocument,
            $"the study's document does not hold together: {string.Join("; ", problems)}",
            "ask the study's author to propose it anew");
    }

    private static void Print(CommandContext own, DataReport report)
    {
        own.Out.WriteLine($"{report.File} for {report.Study}: {report.Rows} rows, {report.TrainRows} for training, "
            + $"{report.TestRows} held out, {report.Tasks} contributions a round");
        if (report.Columns.Count > 0)
        {
            var table = new Table().AddColumns("feature", "present", "missing", "far off", "note");
            foreach (var column in report.Columns)
            {
                table.AddRow(Markup.Escape(column.Name), Text(column.Present), Text(column.Missing), Text(column.Far),
                    column.IsConstant ? "the same in every row" : column.Far > 0 ? "another unit of measurement?" : "");
            }

            own.Console.Write(table);
        }

        foreach (var problem in report.Problems)
        {
            own.Out.WriteLine($"{(problem.IsWarning ? "warning" : "fault")}: {problem.What}");
            own.Out.WriteLine($"  {problem.Hint}");
        }

        if (report.Problems.Count == 0) own.Out.WriteLine("the data fit the study");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

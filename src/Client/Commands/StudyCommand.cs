using System.CommandLine;
using System.Globalization;
using System.Text;
using FedMeta.Client.Connection;
using FedMeta.Client.Homes;
using FedMeta.Client.Studies;
using FedMeta.Protocol;
using Spectre.Console;

namespace FedMeta.Client.Commands;

/// <summary><c>study</c>: what is proposed, what it costs, and this hospital's decision.</summary>
internal static class StudyCommand
{
    private static readonly Argument<string> Selector = new("study")
    {
        Description = "The study's name, or the first characters of its document's hash",
    };

    private static readonly Option<string> By = new("--by")
    {
        Description = "Who decides, as named among the policy's approvers",
        DefaultValueFactory = _ => "",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("study", "Read and decide about studies")
    {
        List(context),
        Show(context),
        Approve(context),
        Refuse(context),
    };

    private static Command List(CommandContext context) => new Command("list", """
        Studies that the server shows
        Example: fedmeta-client study list
        """).With(context, ListAsync);

    private static Command Show(CommandContext context) => new Command("show", """
        The document, what it will cost this hospital, and what speaks against it
        Example: fedmeta-client study show heart
        """)
    { Selector }.With(context, ShowAsync);

    private static Command Approve(CommandContext context) => new Command("approve", """
        Verify everything, sign the document and say so to the server
        Example: fedmeta-client study approve heart --by "Dr Kim"
        """)
    { Selector, By }.With(context, ApproveAsync);

    private static Command Refuse(CommandContext context)
    {
        var reason = new Option<string>("--reason")
        {
            Description = "One line for the study's author",
            Required = true,
        };
        return new Command("refuse", """
            Refuse the document; no round of it is answered any more
            Example: fedmeta-client study refuse heart --reason "no consent for this purpose"
            """)
        { Selector, By, reason }
            .With(context, (own, parsed, stop) => InTouchAsync(own, parsed, stop, async (home, inbox, document) =>
            {
                var decision = new StudyDecider(home, own.Time)
                    .Refuse(document, parsed.GetRequiredValue(reason), parsed.GetValue(By) ?? "");
                await inbox.DecideAsync(decision, stop);
                return Say(own, new DecisionSent(document.Terms.Name, document.Hash.ToString(), "refused", null));
            }));
    }

    private static async Task<int> ListAsync(CommandContext own, ParseResult parsed, CancellationToken stop)
    {
        using var home = own.OpenHome();
        using var connection = await own.ConnectAsync(home, stop);
        var all = await new StudyInbox(connection).ListAsync(stop);
        StudyListLine[] lines = [.. all.Select(study =>
        {
            var hash = Convert.ToHexStringLower(study.StudyHash.Span);
            var name = Words.Clean(study.Name);
            var decision = home.Journal.Ask(state => state.Decision(hash) is { } own
                ? own.Approve ? "approved" : "refused"
                : state.Decisions.Any(each => each.Name == name) ? "changed since decided" : "undecided");
            return new StudyListLine(name, hash, Words.Clean(study.State), study.Round, study.Rounds, decision);
        })];
        if (own.Json) return Output.Json(own, lines, OutputShapes.Default.StudyListLineArray);
        var table = new Table().AddColumns("study", "state", "rounds", "this hospital", "document");
        foreach (var line in lines)
        {
            table.AddRow(Markup.Escape(line.Name), Markup.Escape(line.State),
                string.Create(CultureInfo.InvariantCulture, $"{line.Round} of {line.Rounds}"), line.Decision,
                    line.Hash[..12]);
        }

        own.Console.Write(table);
        return (int)ExitCode.Ok;
    }

    private static Task<int> ShowAsync(CommandContext own, ParseResult parsed, CancellationToken stop) =>
        InTouchAsync(own, parsed, stop, (home, _, document) =>
        {
            var review = new StudyReviewer(home).Review(document);
            var text = Encoding.UTF8.GetString(document.Canonical.Span);
            if (own.Json)
            {
                return Task.FromResult(Output.Json(own,
                    new StudyShown(
                        document.Terms.Name,
                        document.Hash.ToString(),
                        text,
                        review.Forecast,
                        review.Objections,
                        [.. review.DataProblems.Where(each => each.IsWarning)
                            .Select(each => $"{each.What}: {each.Hint}")]),
                    OutputShapes.Default.StudyShown));
            }

            own.Out.WriteLine(text);
            own.Out.WriteLine($"# document {document.Hash}");
            if (review.Forecast is { } forecast) own.Out.WriteLine(ForecastText.Of(forecast));
            Warn(own, review);
            foreach (var objection in review.Objections) own.Out.WriteLine($"against: {objection.What}");
            if (review.Objections.Count == 0) own.Out.WriteLine("nothing speaks against approving it here");
            return Task.FromResult((int)ExitCode.Ok);
        });

    private static Task<int> ApproveAsync(CommandContext own, ParseResult parsed, CancellationToken stop) =>
        InTouchAsync(own, parsed, stop, async (home, inbox, document) =>
        {
            var review = new StudyReviewer(home).Review(document);
            var forecast = review.Forecast;
            if (!own.Json && forecast is not null) own.Out.WriteLine(ForecastText.Of(forecast));
            if (!own.Json) Warn(own, review);
            var decision = new StudyDecider(home, own.Time).Approve(document, parsed.GetValue(By) ?? "");
            await inbox.DecideAsync(decision, stop);
            return Say(own, new DecisionSent(document.Terms.Name, document.Hash.ToString(), "approved",
                new StudyCost(forecast!.PatientEpsilon, forecast.PolicyDelta, forecast.Budget.Remains,
                    forecast.Budget.StopsAfter, forecast.Crowd)));
        });

    private static void Warn(CommandContext own, StudyReview review)
    {
        foreach (var problem in review.DataProblems.Where(each => each.IsWarning))
            own.Out.WriteLine($"warning: {problem.What}; {problem.Hint}");
    }

    private static async Task<int> InTouchAsync(
        CommandContext own,
        ParseResult parsed,
        CancellationToken stop,
        Func<OpenedHome, StudyInbox, StudyDocument, Task<int>> action)
    {
        using var home = own.OpenHome();
        using var connection = await own.ConnectAsync(home, stop);
        var inbox = new StudyInbox(connection);
        var summary = await inbox.FindAsync(parsed.GetRequiredValue(Selector), stop);
        return await action(home, inbox, await inbox.GetAsync(new Sha256Digest(summary.StudyHash.Span), stop));
    }

    private static int Say(CommandContext own, DecisionSent sent)
    {
        if (own.Json) return Output.Json(own, sent, OutputShapes.Default.DecisionSent);
        own.Out.WriteLine($"{sent.Study} {sent.Decision}, document {sent.Hash[..12]}, signed and sent");
        return (int)ExitCode.Ok;
    }
}

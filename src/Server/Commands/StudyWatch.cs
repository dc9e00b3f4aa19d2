using System.Globalization;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Grpc.Core;
using Spectre.Console;

namespace FedMeta.Server.Commands;

/// <summary>study watch: rounds, phases and time left, live; with --json one snapshot a line.</summary>
internal static class StudyWatch
{
    /// <summary>Follows a study; Ctrl-C leaves it running.</summary>
    public static Task<ExitCode> RunAsync(CommandScope scope, string study, CancellationToken cancel) =>
        OperatorConnection.AskAsync(scope, async client =>
        {
            using var call = client.WatchStudy(new StudySelector { Study = study }, cancellationToken: cancel);
            var console = Output.Console(scope);
            if (scope.Json || !console.Profile.Capabilities.Interactive)
                return await LinesAsync(scope, call.ResponseStream, cancel).ConfigureAwait(false);
            return await LiveAsync(console, call.ResponseStream, cancel).ConfigureAwait(false);
        });

    private static async Task<ExitCode> LinesAsync(CommandScope scope, IAsyncStreamReader<StudySnapshot> snapshots,
        CancellationToken cancel)
    {
        var last = new StudySnapshot();
        while (await snapshots.MoveNext(cancel).ConfigureAwait(false))
        {
            last = snapshots.Current;
            if (scope.Json)
            {
                Output.Json(scope, last);
            }
            else
            {
                foreach (var happened in last.Events)
                    scope.Out.WriteLine(EventLine(happened));
            }

            scope.Out.Flush();
        }

        return CodeOf(last.State);
    }

    private static Task<ExitCode> LiveAsync(IAnsiConsole console, IAsyncStreamReader<StudySnapshot> snapshots,
        CancellationToken cancel) =>
        console.Progress().AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new SpinnerColumn())
            .StartAsync(async progress =>
            {
                var rounds = progress.AddTask("rounds");
                var budget = progress.AddTask("epsilon");
                var last = new StudySnapshot();
                while (await snapshots.MoveNext(cancel).ConfigureAwait(false))
                {
                    last = snapshots.Current;
                    rounds.MaxValue = Math.Max(1, last.Rounds);
                    rounds.Value = last.Completed;
                    rounds.Description = Markup.Escape(RoundLine(last));
                    budget.MaxValue = last.EpsilonTotal;
                    budget.Value = last.EpsilonSpent;
                    budget.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture,
                        $"epsilon {last.EpsilonSpent:0.###} of {last.EpsilonTotal:0.###}"));
                    foreach (var happened in last.Events)
                        console.MarkupLineInterpolated($"{EventLine(happened)}");
                }

                return CodeOf(last.State);
            });

    private static string RoundLine(StudySnapshot s)
    {
        var left = s.SecondsLeft < 0 ? "" : $", about {TimeSpan.FromSeconds(s.SecondsLeft):d\\.hh\\:mm\\:ss} left";
        var waiting = s.WaitingFor.Length == 0 ? "" : $": waiting for {s.WaitingFor}";
        var until = s.WaitingUntil == 0 ? ""
            : $" until {DateTimeOffset.FromUnixTimeMilliseconds(s.WaitingUntil):HH:mm:ss}Z";
        return string.Create(CultureInfo.InvariantCulture,
            $"{s.Name} {s.State}, {s.Completed} of {s.Rounds} rounds{left}{waiting}{until}");
    }

    private static string EventLine(Event happened) => string.Create(CultureInfo.InvariantCulture,
        $"#{happened.Record} {DateTimeOffset.FromUnixTimeMilliseconds(happened.Time):yyyy-MM-dd HH:mm:ss}Z  {PlainText.Show(happened.Text)}");

    private static ExitCode CodeOf(string state) => state switch
    {
        "partial" => ExitCode.StudyPartial,
        "stopped" => ExitCode.StudyStopped,
        _ => ExitCode.Ok,
    };
}

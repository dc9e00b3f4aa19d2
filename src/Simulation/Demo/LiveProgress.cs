using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FedMeta.Simulation.Demo;

/// <summary>One page that is drawn anew: steps, rounds, phases, hospitals, budget, time left.</summary>
internal sealed class LiveProgress(IAnsiConsole console, TimeProvider time) : IDemoProgress
{
    private const int NotesShown = 8;
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly List<string> _notes = [];
    private string _step = "";
    private StudyView? _view;

    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        T? result = default;
        await console.Live(Page()).StartAsync(async context =>
        {
            using var done = new CancellationTokenSource();
            var drawing = DrawAsync(context, done.Token);
            try
            {
                result = await work();
            }
            finally
            {
                await done.CancelAsync();
                await drawing;
                context.UpdateTarget(Page());
            }
        });
        return result!;
    }

    public void Step(string text)
    {
        lock (_lock) _step = text;
    }

    public void Note(string text)
    {
        lock (_lock) _notes.Add(
            string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(_start).TotalSeconds,5:F1} s  {text}"));
    }

    public void Show(StudyView view)
    {
        lock (_lock) _view = view;
    }

    private async Task DrawAsync(LiveDisplayContext context, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            context.UpdateTarget(Page());
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, done)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Rows Page()
    {
        lock (_lock)
        {
            var rows = new List<IRenderable>
            {
                new Text(string.Create(CultureInfo.InvariantCulture,
                    $"{time.GetElapsedTime(_start).TotalSeconds,5:F1} s  {_step}"),
                        new Style(decoration: Decoration.Bold)),
            };
            if (_view is { } view) rows.AddRange([Training(view), Hospitals(view)]);
            rows.AddRange(_notes.TakeLast(NotesShown).Select(n => new Text(n, new Style(Color.Grey))));
            return new Rows(rows);
        }
    }

    private static Table Training(StudyView view)
    {
        var left = view.SecondsLeft is { } seconds ? $"about {seconds} s" : "unknown yet";
        return new Table { Border = TableBorder.Rounded }
            .AddColumns("round", "phase", "waiting for", "epsilon", "time left")
            .AddRow(
                new Text(string.Create(CultureInfo.InvariantCulture, $"{view.Round} of {view.Rounds}, attempt "
                    + $"{view.Attempt}")),
                new Text(view.Phase),
                new Text(view.WaitingFor),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{view.EpsilonSpent:F3} of "
                    + $"{view.EpsilonTotal:G4} at delta {view.Delta:G2}")),
                new Text(left));
    }

    private static Table Hospitals(StudyView view)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumns("hospital", "state");
        foreach (var (name, state) in view.Sites) table.AddRow(new Text(name), new Text(state));
        return table;
    }
}

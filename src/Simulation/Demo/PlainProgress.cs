using System.Globalization;

namespace FedMeta.Simulation.Demo;

/// <summary>One line per event, for logs and pipes.</summary>
internal sealed class PlainProgress(TextWriter output, TimeProvider time) : IDemoProgress
{
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _lock = new();
    private (int Round, string Phase) _shown;

    public Task<T> RunAsync<T>(Func<Task<T>> work) => work();

    public void Step(string text) => Line("== " + text);

    public void Note(string text) => Line("   " + text);

    public void Show(StudyView view)
    {
        if ((view.Round, view.Phase) == _shown) return;
        _shown = (view.Round, view.Phase);
        var left = view.SecondsLeft is { } seconds ? $", about {seconds} s left" : "";
        Line(string.Create(CultureInfo.InvariantCulture,
            $"   round {view.Round}/{view.Rounds} {view.Phase}, epsilon {view.EpsilonSpent:F3} of "
            + $"{view.EpsilonTotal:G4}{left}"));
    }

    private void Line(string text)
    {
        lock (_lock)
        {
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"{time.GetElapsedTime(_start).TotalSeconds,6:F1} s {text}"));
            output.Flush();
        }
    }
}

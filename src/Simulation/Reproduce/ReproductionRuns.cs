using Spectre.Console;

namespace FedMeta.Simulation.Reproduce;

/// <summary>Independent runs of a reproduction on all cores, with a bar on the terminal.</summary>
internal static class ReproductionRuns
{
    /// <summary>Plays runs 0 .. <paramref name="runs"/> - 1.</summary>
    /// <param name="console">Where the bar is drawn; plain lines where it is no terminal.</param>
    /// <param name="title">What is being computed.</param>
    /// <param name="runs">How many.</param>
    /// <param name="steps">Steps of one run.</param>
    /// <param name="run">One run: its number, and what to call after each step.</param>
    /// <returns>The results in the order of the runs, however many cores there were.</returns>
    public static T[] Play<T>(IAnsiConsole console, string title, int runs, int steps, Func<int, Action, T> run)
    {
        var results = new T[runs];
        console.Progress().Start(context =>
        {
            var task = context.AddTask(Markup.Escape(title), maxValue: (double)runs * steps);
            Parallel.For(0, runs, i => results[i] = run(i, () => task.Increment(1)));
            task.Value = task.MaxValue;
        });
        return results;
    }
}

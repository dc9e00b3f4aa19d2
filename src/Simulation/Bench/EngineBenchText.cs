using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace FedMeta.Simulation.Bench;

/// <summary>The figures of an engine bench for scripts and for people.</summary>
internal static class EngineBenchText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Json(IReadOnlyList<EngineFigure> figures)
    {
        var document = new JsonObject { ["clock"] = "processor time of the process" };
        foreach (var figure in figures) document[figure.Name] = figure.Value;
        return document.ToJsonString(Indented);
    }

    public static void Write(IReadOnlyList<EngineFigure> figures, IAnsiConsole console)
    {
        var width = figures.Max(figure => figure.Words.Length);
        foreach (var figure in figures)
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{figure.Words.PadRight(width)}  {figure.Value:G4}"));
        console.WriteLine("by processor time of the process");
    }
}

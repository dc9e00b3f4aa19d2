using Spectre.Console;

namespace FedMeta.Simulation.Demo;

/// <summary>Colour, redrawing and the terminal's width on a terminal; plain, wide text anywhere else.</summary>
internal static class DemoConsole
{
    private const int WidthWithoutTerminal = 140;

    public static IAnsiConsole Create()
    {
        if (!Console.IsOutputRedirected) return AnsiConsole.Console;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Out),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = WidthWithoutTerminal;
        return console;
    }
}

using FedMeta.Client.Connection;
using FedMeta.Client.Enrolment;
using FedMeta.Client.Homes;
using FedMeta.Protocol;
using Spectre.Console;

namespace FedMeta.Client.Commands;

/// <summary>What every command works with: where it writes, which home, whose clock.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Errors and, with --json, progress.</param>
/// <param name="In">Where an invite is read from when it is given as <c>-</c>.</param>
/// <param name="Time">The clock.</param>
internal sealed record CommandContext(TextWriter Out, TextWriter Error, TextReader In, TimeProvider Time)
{
    private const int WidthWithoutTerminal = 140;

    /// <summary>Of this command line.</summary>
    public ClientHome Home { get; init; } = ClientHome.OfTheSystem();

    /// <summary>Whether the result is one JSON document.</summary>
    public bool Json { get; init; }

    /// <summary>Tables and colour, colour only on a terminal; in a file a table need not be broken into 80
    /// columns.</summary>
    public IAnsiConsole Console
    {
        get
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Out) });
            if (System.Console.IsOutputRedirected) console.Profile.Width = WidthWithoutTerminal;
            return console;
        }
    }

    /// <summary>The process's own streams and clock.</summary>
    public static CommandContext OfTheProcess { get; } =
        new(System.Console.Out, System.Console.Error, System.Console.In, TimeProvider.System);

    /// <summary>Opens the home.</summary>
    public OpenedHome OpenHome() => OpenedHome.Open(Home, Time);

    /// <summary>The way to the server with the member's certificate, fetched first where it is not here yet.</summary>
    /// <exception cref="FedMetaException">Not approved yet, revoked, unreachable.</exception>
    public async Task<ServerConnection> ConnectAsync(OpenedHome home, CancellationToken stop)
    {
        var connection = ServerConnection.Of(home.Settings, Time);
        try
        {
            var membership = new Membership(connection, home.Home, home.Identity, home.Settings.ClientId, Time);
            if (membership.TryLoad()) return connection;
            var state = await membership.RefreshAsync(stop);
            if (state != Protocol.V1.EnrolmentStatus.Types.State.Approved) throw Membership.Explain(state);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

using System.CommandLine;
using FedMeta.Client.Homes;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary>The command line of <c>fedmeta-client</c>.</summary>
internal static class ClientCommands
{
    private static readonly Option<string> HomeOption = new("--home")
    {
        Description = "Folder of this hospital (default: /etc/fedmeta-client and /var/lib/fedmeta-client)",
        Recursive = true,
    };

    private static readonly Option<bool> JsonOption = new("--json")
    {
        Description = "Write one JSON document",
        Recursive = true,
    };

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code; see docs/reference/exit-codes.md.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CommandContext context)
    {
        var parsed = Create(context).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var report = new ErrorReport(ExitCode.Usage,
                string.Join("; ", parsed.Errors.Select(error => error.Message.TrimEnd('.'))), "see --help");
            if (args.Contains("--json")) report.WriteJson(context.Error);
            else report.WriteText(context.Error);
            return (int)ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = context.Out,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        return await parsed.InvokeAsync(configuration);
    }

    /// <summary>The tree of commands.</summary>
    public static RootCommand Create(CommandContext context) => new("""
        The hospital's agent. Patients' rows never leave this machine; what leaves stands in 'fedmeta-client ledger'.
        Example: fedmeta-client join - --data cohort.csv < invite.txt, then: fedmeta-client run
        """)
    {
        HomeOption,
        JsonOption,
        JoinCommand.Create(context),
        RunCommand.Create(context),
        StatusCommand.Create(context),
        DoctorCommand.Create(context),
        DataCommand.Create(context),
        StudyCommand.Create(context),
        LedgerCommand.Create(context),
        AdaptCommand.Create(context),
        EvaluateCommand.Create(context),
        AuditCommand.Create(context),
        LeaveCommand.Create(context),
    };

    /// <summary>Gives a command its action: options read, errors printed as what, hint, code.</summary>
    public static Command With(
        this Command command,
        CommandContext context,
        Func<CommandContext, ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, stop) =>
        {
            var json = parsed.GetValue(JsonOption);
            var home = parsed.GetValue(HomeOption);
            var own = context with { Json = json, Home = home is null ? context.Home : ClientHome.At(home) };
            try
            {
                return await action(own, parsed, stop);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                var report = ErrorReport.From(fault);
                if (json) report.WriteJson(own.Error);
                else report.WriteText(own.Error);
                return (int)report.Code;
            }
            catch (OperationCanceledException)
            {
                return (int)ExitCode.Ok; // the person at the keyboard said stop
            }
        });
        return command;
    }
}

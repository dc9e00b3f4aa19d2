using System.CommandLine;
using FedMeta.Protocol;
using FedMeta.Server.Hosting;

namespace FedMeta.Server.Commands;

/// <summary>The command tree of `fedmeta`, and the one place where faults become messages and exit codes.</summary>
internal static class CommandLine
{
    private static readonly Option<string?> Home = new("--home")
    {
        Description = "Folder of the coordinator (default: /etc/fedmeta and /var/lib/fedmeta)",
        Recursive = true,
        HelpName = "DIR",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Write JSON, one object or one line per object, for programs",
        Recursive = true,
    };

    /// <summary>Runs one command; the answer is the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter error,
        TimeProvider time)
    {
        var root = Build(input, output, error, time);
        var parsed = root.Parse(args);
        var json = args.Contains("--json");
        if (parsed.Errors.Count > 0)
        {
            Report(new ErrorReport(ExitCode.Usage, string.Join("; ", parsed.Errors.Select(e => e.Message.TrimEnd('.'))),
                $"see: {CommandPath(parsed)} --help"), json, error);
            return (int)ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false
        };
        try
        {
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Ok;
        }
        catch (Exception fault)
        {
            var report = ErrorReport.From(fault);
            Report(report, json, error);
            return (int)report.Code;
        }
    }

    /// <summary>A leaf of the tree: name, what it does, an example, and what it runs.</summary>
    public static Command Leaf(string name, string description, string example, IEnumerable<Symbol> symbols,
        Func<CommandScope, CancellationToken, Task<ExitCode>> run)
    {
        var command = new ScopedCommand(name, $"{description}\n\nExample: {example}", run);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else if (symbol is Option option)
                command.Options.Add(option);
        }

        return command;
    }

    /// <summary>A branch of the tree.</summary>
    public static Command Branch(string name, string description, params IEnumerable<Command> leaves)
    {
        var command = new Command(name, description);
        foreach (var leaf in leaves)
            command.Subcommands.Add(leaf);
        return command;
    }

    private static RootCommand Build(TextReader input, TextWriter output, TextWriter error, TimeProvider time)
    {
        var root = new RootCommand("FedMeta: the coordinator of a federation of hospitals, and its operator's commands.");
        root.Options.Add(Home);
        root.Options.Add(Json);
        foreach (var command in (Command[])[
            ServerCommands.Branch(), ServerCommands.Serve(), ClientCommands.Branch(), StudyCommands.Branch(),
            ModelCommands.Branch(), ReportCommands.Branch(), AuditCommands.Branch(), DoctorCommand.Leaf()])
            root.Subcommands.Add(command);
        foreach (var leaf in Leaves(root))
        {
            leaf.SetAction(async (parsed, cancel) =>
            {
                var folder = parsed.GetValue(Home);
                var home = folder is null ? ServerHome.System : ServerHome.In(folder);
                var scope = new CommandScope(parsed, home, parsed.GetValue(Json), input, output, error, time);
                return (int)await leaf.Run(scope, cancel).ConfigureAwait(false);
            });
        }

        return root;
    }

    private static IEnumerable<ScopedCommand> Leaves(Command command) => command.Subcommands
        .SelectMany(c => c is ScopedCommand leaf ? [leaf] : Leaves(c));

    private static void Report(ErrorReport report, bool json, TextWriter error)
    {
        if (json)
            report.WriteJson(error);
        else
            report.WriteText(error);
    }

    private static string CommandPath(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result is not null;
            result = result.Parent as System.CommandLine.Parsing.CommandResult)
            names.Push(result.Command is RootCommand ? "fedmeta" : result.Command.Name);
        return string.Join(' ', names);
    }

    private sealed class ScopedCommand(string name, string description, Func<CommandScope, CancellationToken,
        Task<ExitCode>> run)
        : Command(name, description)
    {
        public Func<CommandScope, CancellationToken, Task<ExitCode>> Run => run;
    }
}

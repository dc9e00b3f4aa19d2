using FedMeta.Server.Commands;

namespace FedMeta.Server.Tests.Harness;

/// <summary>The operator's terminal at the home of a federation's coordinator.</summary>
internal static class OperatorConsole
{
    /// <summary>Runs a command of <c>fedmeta</c>, whatever it answers.</summary>
    public static async Task<(int Code, string Output, string Error)> CommandAsync(
        this Federation federation, params string[] args)
    {
        PointCommandsAtTheHost(federation);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([.. args, "--home", federation.Home.StateFolder], TextReader.Null,
            output, error, federation.Time);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that has to succeed and answers what it printed.</summary>
    public static async Task<string> SucceedAsync(this Federation federation, params string[] args)
    {
        var (code, output, error) = await federation.CommandAsync(args);
        Assert.True(code == 0, $"{string.Join(' ', args)}: {error}");
        return output;
    }

    /// <summary>The port was chosen by the system after server.toml was written.</summary>
    public static void PointCommandsAtTheHost(Federation federation)
    {
        var text = File.ReadAllText(federation.Home.Configuration);
        File.WriteAllText(federation.Home.Configuration, text.Replace("127.0.0.1:9443", federation.Address.ToString(),
            StringComparison.Ordinal));
    }
}

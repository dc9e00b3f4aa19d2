using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FedMeta.Client.Agent;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary><c>run</c>: the agent itself.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new Command("run", """
        Take part in the rounds of approved studies until Ctrl-C; opens no listening socket
        Example: fedmeta-client run
        """).With(context, async (own, _, stop) =>
        {
            using var home = own.OpenHome();
            using var agent = new HospitalAgent(home, own.Time, step => Print(own, step));
            await agent.RunAsync(stop);
            return (int)ExitCode.Ok;
        });

    private static void Print(CommandContext own, AgentEvent step)
    {
        if (own.Json)
        {
            own.Out.WriteLine(JsonSerializer.Serialize(step, AgentEventShape.Default.AgentEvent));
            return;
        }

        var time = own.Time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var where = step.Study.Length == 0 ? "" : step.Round == 0 ? $"{step.Study}: " : step.Rounds == 0
            ? $"{step.Study} round {step.Round}: "
            : $"{step.Study} round {step.Round} of {step.Rounds}: ";
        var spent = step.EpsilonSpent is { } epsilon ? $" [epsilon {Output.Epsilon(epsilon)}]" : "";
        own.Out.WriteLine($"{time} {where}{step.Text}{spent}");
        own.Out.Flush();
    }
}

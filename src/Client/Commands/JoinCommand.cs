using System.CommandLine;
using FedMeta.Client.Enrolment;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary><c>join</c>: uses an invite.</summary>
internal static class JoinCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var invite = new Argument<string>("invite")
        {
            Description = "The line that the operator gave you; - reads it from standard input",
        };
        var data = new Option<string>("--data")
        {
            Description = "CSV file with this hospital's patients",
            Required = true,
        };
        var proxy = new Option<string>("--proxy")
        {
            Description = "HTTP proxy to tunnel through (default: HTTPS_PROXY)",
            DefaultValueFactory = _ => "",
        };
        return new Command("join", """
            Join a consortium: makes the key here, proves the invite, writes client.toml and policy.toml
            Example: fedmeta-client join - --data /data/cohort.csv < invite.txt
            """)
        { invite, data, proxy }.With(context, async (own, parsed, stop) =>
        {
            var line = parsed.GetRequiredValue(invite);
            if (line == "-") line = await own.In.ReadLineAsync(stop) ?? "";
            using var ticket = Invite.Parse(line);
            var outcome = await Joining.JoinAsync(own.Home, ticket, parsed.GetRequiredValue(data),
                parsed.GetValue(proxy) ?? "", own.Time, stop);
            if (own.Json) return Output.Json(own, outcome, OutputShapes.Default.JoinOutcome);
            own.Out.WriteLine($"{outcome.Name} ({outcome.ClientId}) at {outcome.Server}: {outcome.State}");
            own.Out.WriteLine($"this hospital's key in six words: {outcome.Fingerprint}");
            own.Out.WriteLine(outcome.State == "approved"
                ? "next: fedmeta-client run"
                : "next: read the six words to the operator, who then approves; meanwhile 'fedmeta-client run' waits");
            return (int)ExitCode.Ok;
        });
    }
}

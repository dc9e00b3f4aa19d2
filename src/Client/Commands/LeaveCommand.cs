using System.CommandLine;
using FedMeta.Client.Enrolment;
using FedMeta.Protocol;

namespace FedMeta.Client.Commands;

/// <summary><c>leave</c>: erases the hospital's key, or everything.</summary>
internal static class LeaveCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var purge = new Option<bool>("--purge")
        {
            Description = "Remove journal, models and policy too: no file of the agent stays",
        };
        return new Command("leave", """
            Erase this hospital's key and certificate; the journal stays unless --purge is given
            Example: fedmeta-client leave --purge
            """)
        { purge }.With(context, (own, parsed, _) =>
        {
            Leaving.Leave(own.Home, parsed.GetValue(purge));
            if (!own.Json) own.Out.WriteLine("left; ask the operator to revoke this hospital");
            return Task.FromResult((int)ExitCode.Ok);
        });
    }
}

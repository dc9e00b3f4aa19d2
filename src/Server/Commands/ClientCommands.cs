using System.CommandLine;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;

namespace FedMeta.Server.Commands;

/// <summary>client invite | approve | list | show | readmit | revoke.</summary>
internal static class ClientCommands
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The hospital's name, or its id" };

    /// <summary>The branch.</summary>
    public static Command Branch() => CommandLine.Branch("client", "Hospitals: invite, approve, list, show, readmit, revoke.",
        CommandLine.Leaf("invite", "Make the one line that a hospital joins with; a new one replaces an unused one.",
            "fedmeta client invite \"Seoul General\"", [Name], InviteAsync),
        CommandLine.Leaf("approve", "Let a hospital in, after both sides have compared the six words.",
            "fedmeta client approve seoul-general", [Name], ApproveAsync),
        CommandLine.Leaf("list", "All hospitals.", "fedmeta client list", [], ListAsync),
        CommandLine.Leaf("show", "One hospital.", "fedmeta client show seoul-general", [Name], ShowAsync),
        CommandLine.Leaf("readmit",
            "Invite a hospital again that was shut out of a study for wrong or missing key shares.",
            "fedmeta client readmit seoul-general", [Name], ReadmitAsync),
        CommandLine.Leaf("revoke", "Shut a hospital out for good; it takes effect on its next call.",
            "fedmeta client revoke seoul-general", [Name], RevokeAsync));

    private static async Task<ExitCode> InviteAsync(CommandScope scope, CancellationToken cancel)
    {
        var reply = await OperatorConnection.AskAsync(scope, c =>
            c.InviteAsync(new InviteRequest { Name = scope.Get(Name) },
            cancellationToken: cancel).ResponseAsync).ConfigureAwait(false);
        Output.Require(reply.Ack, "no invite was made", ExitCode.Usage);
        if (scope.Json)
        {
            Output.Json(scope, reply);
            return ExitCode.Ok;
        }

        scope.Out.WriteLine(reply.Invite);
        scope.Error.WriteLine($"id {reply.ClientId}; valid until {Output.Time(reply.ExpiresAt)}; it holds a one-time secret");
        scope.Error.WriteLine("at the hospital: fedmeta-client join INVITE --data FILE");
        return ExitCode.Ok;
    }

    private static async Task<ExitCode> ApproveAsync(CommandScope scope, CancellationToken cancel)
    {
        var reply = await OperatorConnection.AskAsync(scope, c =>
            c.ApproveClientAsync(new ClientName { Name = scope.Get(Name) },
            cancellationToken: cancel).ResponseAsync).ConfigureAwait(false);
        Output.Require(reply.Ack, "not approved", ExitCode.Usage);
        Show(scope, reply.Client);
        return ExitCode.Ok;
    }

    private static async Task<ExitCode> ReadmitAsync(CommandScope scope, CancellationToken cancel)
    {
        var reply = await OperatorConnection.AskAsync(scope, c =>
            c.ReadmitClientAsync(new ClientName { Name = scope.Get(Name) },
            cancellationToken: cancel).ResponseAsync).ConfigureAwait(false);
        Output.Require(reply.Ack, "not readmitted", ExitCode.Usage);
        Show(scope, reply.Client);
        if (!scope.Json)
            scope.Error.WriteLine("it is invited from the next attempt on; a study that paused for it goes on after: fedmeta study resume STUDY");
        return ExitCode.Ok;
    }

    private static async Task<ExitCode> RevokeAsync(CommandScope scope, CancellationToken cancel)
    {
        var reply = await OperatorConnection.AskAsync(scope, c =>
            c.RevokeClientAsync(new ClientName { Name = scope.Get(Name) },
            cancellationToken: cancel).ResponseAsync).ConfigureAwait(false);
        Output.Require(reply.Ack, "not revoked", ExitCode.Usage);
        Show(scope, reply.Client);
        return ExitCode.Ok;
    }

    private static async Task<ExitCode> ListAsync(CommandScope scope, CancellationToken cancel)
    {
        var reply = await ClientsAsync(scope, cancel).ConfigureAwait(false);
        if (scope.Json)
            Output.Json(scope, reply);
        else
            Output.Table(scope, ["Id", "Name", "State", "Six words", "Last seen", "Certificate until", "Version", "Shut out of"],
                reply.Clients.Select(Row));
        return ExitCode.Ok;
    }

    private static async Task<ExitCode> ShowAsync(CommandScope scope, CancellationToken cancel)
    {
        var reply = await ClientsAsync(scope, cancel).ConfigureAwait(false);
        var name = scope.Get(Name);
        var client = reply.Clients.FirstOrDefault(c => c.ClientId == name || string.Equals(c.Name, name,
            StringComparison.OrdinalIgnoreCase))
            ?? throw new FedMetaException(ExitCode.NotFound, $"there is no hospital named {name}",
                "fedmeta client list shows all");
        Show(scope, client);
        return ExitCode.Ok;
    }

    private static Task<ListClientsReply> ClientsAsync(CommandScope scope, CancellationToken cancel) =>
        OperatorConnection.AskAsync(scope, c => c.ListClientsAsync(new ListClientsRequest(), cancellationToken: cancel)
            .ResponseAsync);

    private static void Show(CommandScope scope, ClientInfo client)
    {
        if (scope.Json)
            Output.Json(scope, client);
        else
            Output.Table(scope, ["Id", "Name", "State", "Six words", "Last seen", "Certificate until", "Version", "Shut out of"],
                [Row(client)]);
    }

    private static string[] Row(ClientInfo c) =>
        [c.ClientId, c.Name, c.State, c.Fingerprint, Output.Time(c.LastSeen), c.CertificateExpires == 0 ? ""
            : Output.Time(c.CertificateExpires), c.Version,
            string.Join(", ", c.ShutOut)];
}

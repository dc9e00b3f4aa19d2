using System.Text;
using FedMeta.Client.Configuration;
using FedMeta.Client.Connection;
using FedMeta.Client.Homes;
using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;
using EnrolmentClient = FedMeta.Protocol.V1.Enrolment.EnrolmentClient;

namespace FedMeta.Client.Enrolment;

/// <summary>
/// Joins a consortium: the key is made here and stays here; the invite's secret proves once that the request comes from
/// whom the operator invited, and is not kept.
/// </summary>
internal static class Joining
{
    /// <summary>Version of this program as the server records it.</summary>
    public static string Version { get; } = typeof(Joining).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Makes the home, sends the request, and asks once whether it is approved.</summary>
    /// <param name="home">Not initialised yet.</param>
    /// <param name="invite">From the operator.</param>
    /// <param name="data">The hospital's CSV file.</param>
    /// <param name="proxy">As in client.toml.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="FedMetaException">Already joined (34), invite refused (24), expired, unreachable, wrong key.
    /// </exception>
    public static async Task<JoinOutcome> JoinAsync(
        ClientHome home, Invite invite, string data, string proxy, TimeProvider time, CancellationToken stop)
    {
        if (home.IsInitialised)
        {
            throw new FedMetaException(
                ExitCode.AlreadyInitialised,
                $"this hospital has joined already: there is {home.ConfigurationFile}",
                "see 'fedmeta-client status'; to start over run 'fedmeta-client leave --purge' first");
        }

        if (invite.Expires <= time.GetUtcNow())
        {
            throw new FedMetaException(
                ExitCode.InviteRefused,
                $"the invite expired at {invite.Expires:yyyy-MM-dd HH:mm} UTC",
                "ask the operator for a new one; if it should still be good, check this machine's clock");
        }

        foreach (var folder in (string[])[home.ConfigurationFolder, home.StateFolder, home.IdentityFolder])
            PrivateFolder.Create(folder);
        using var identity = MakeOrReuseKey(home);
        using var connection = new ServerConnection(invite.Server, invite.ServerPin, proxy, time);
        await EnrolAsync(connection, invite, identity, stop);
        using var journal = HospitalJournal.Open(home.JournalFolder, invite.ClientId, time);
        journal.Record(
            FactTypes.Joined,
            new ClientJoined(invite.ClientId, invite.Server.ToString(), invite.ServerPin.ToString(),
                Convert.ToBase64String(identity.PublicKey)),
            FactShapes.Default.ClientJoined);
        WriteFiles(home, new ClientSettings(invite.Server, invite.ServerPin, invite.ClientId, invite.Name,
            Path.GetFullPath(data), proxy));
        var membership = new Membership(connection, home, identity, invite.ClientId, time);
        var state = await membership.RefreshAsync(stop);
        return new JoinOutcome(invite.ClientId, invite.Name, invite.Server.ToString(), identity.Fingerprint,
            state == EnrolmentStatus.Types.State.Approved ? "approved" : "pending");
    }

    // A join that was cut off before the server answered left its key: the same key asks again.
    private static Identity MakeOrReuseKey(ClientHome home)
    {
        if (File.Exists(home.KeyFile)) return Identity.Load(home.KeyFile);
        var identity = Identity.Create();
        identity.Save(home.KeyFile);
        return identity;
    }

    private static async Task EnrolAsync(
        ServerConnection connection, Invite invite, Identity identity, CancellationToken stop)
    {
        var request = identity.CreateRequest(invite.ClientId);
        var reply = await connection.AskAsync(
            connection.Anonymous,
            async cancel => await new EnrolmentClient(connection.Anonymous.Channel).EnrolAsync(
                new EnrolRequest
                {
                    ClientId = invite.ClientId,
                    CertificateRequest = ByteString.CopyFrom(request),
                    Proof = ByteString.CopyFrom(EnrolmentProof.Compute(invite.Secret, invite.ClientId, request)),
                    Version = Version,
                },
                cancellationToken: cancel),
            stop);
        if (reply.Ack?.Accepted != true)
        {
            throw new FedMetaException(
                ExitCode.InviteRefused,
                $"the server refuses the invite: {Words.Clean(reply.Ack?.Detail ?? "no reason given")}",
                "each invite works once and for a limited time; ask the operator for a new one");
        }
    }

    private static void WriteFiles(ClientHome home, ClientSettings settings)
    {
        if (!File.Exists(home.PolicyFile))
            DurableFile.Write(home.PolicyFile, Encoding.UTF8.GetBytes(PolicyFile.Compose()));

        // Last: its presence says that the hospital has joined. A proxy's password may stand in it.
        DurableFile.Write(home.ConfigurationFile, Encoding.UTF8.GetBytes(settings.Compose()), secret: true);
    }
}

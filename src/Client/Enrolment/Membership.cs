using System.Security.Cryptography.X509Certificates;
using FedMeta.Client.Agent;
using FedMeta.Client.Connection;
using FedMeta.Client.Homes;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;
using Grpc.Core;
using EnrolmentClient = FedMeta.Protocol.V1.Enrolment.EnrolmentClient;

namespace FedMeta.Client.Enrolment;

/// <summary>
/// Whether this hospital is a member, and its certificate: fetched when the operator has approved, renewed at half of
/// its life, checked against the hospital's own key and the consortium that it joined.
/// </summary>
internal sealed class Membership(
    ServerConnection connection, ClientHome home, Identity identity, string clientId, TimeProvider time) : IMembership
{
    private DateTimeOffset? _asked;

    /// <summary>Where the request stands; stores the certificate where there is a new one.</summary>
    /// <exception cref="FedMetaException">The server cannot be reached or shows the wrong key.</exception>
    public async Task<EnrolmentStatus.Types.State> RefreshAsync(CancellationToken stop)
    {
        var status = await connection.AskAsync(connection.Anonymous, AskStatus, stop);
        if (status.State == EnrolmentStatus.Types.State.Approved) Adopt(status);
        return status.State;
    }

    /// <summary>Uses the certificate on disk; false where there is none, or none that is valid now.</summary>
    public bool TryLoad()
    {
        if (!File.Exists(home.CertificateFile) || !File.Exists(home.AuthorityFile)) return false;
        using var authority = CertificateFiles.Load(home.AuthorityFile);
        using var certificate = CertificateFiles.Load(home.CertificateFile);
        if (!IsOurs(certificate, authority)) return false;
        connection.Use(identity.Attach(certificate));
        return true;
    }

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken stop)
    {
        EnrolmentStatus status;
        try
        {
            status = await connection.CallAsync(connection.Anonymous, AskStatus, ServerConnection.Short, stop);
        }
        catch (RpcException)
        {
            return; // away; the loop waits and asks again
        }

        if (status.State == EnrolmentStatus.Types.State.Approved) Adopt(status);
        else throw Explain(status.State);
    }

    /// <inheritdoc/>
    public async Task RenewAsync(CancellationToken stop)
    {
        if (connection.Certificate is { } certificate)
        {
            var life = certificate.NotAfter - certificate.NotBefore;
            if (time.GetUtcNow() < certificate.NotBefore + (life / 2)) return;
            if (_asked is { } last && time.GetUtcNow() - last < TimeSpan.FromHours(1)) return;
        }

        _asked = time.GetUtcNow();
        await CheckAsync(stop);
    }

    /// <summary>What a state other than approved means.</summary>
    public static FedMetaException Explain(EnrolmentStatus.Types.State state) => state switch
    {
        EnrolmentStatus.Types.State.Revoked => new(ExitCode.Revoked,
            "the operator has revoked this hospital",
            "nothing leaves any more; if that is a mistake, ask the operator for a new invite and join again"),
        EnrolmentStatus.Types.State.Pending => new(ExitCode.NotEnrolled,
            "the operator has not approved this hospital yet",
            "compare the six words of 'fedmeta-client status' with the operator, who then approves"),
        _ => new(ExitCode.NotEnrolled,
            "the server does not know this hospital's request",
            "ask the operator for a new invite and join again"),
    };

    private async Task<EnrolmentStatus> AskStatus(CancellationToken cancel) =>
        await new EnrolmentClient(connection.Anonymous.Channel).GetStatusAsync(
            new EnrolmentStatusRequest
            {
                ClientId = clientId,
                KeyHash = ByteString.CopyFrom(identity.Pin.Digest.ToArray()),
            },
            cancellationToken: cancel);

    private void Adopt(EnrolmentStatus status)
    {
        using var certificate = CertificateFiles.TryRead(status.Certificate.Span);
        using var authority = CertificateFiles.TryRead(status.Authority.Span);
        if (certificate is not null && KeyPin.Of(certificate) == identity.Pin && !IsInForce(certificate))
        {
            throw new FedMetaException(ExitCode.NotEnrolled,
                $"this hospital's certificate is good from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to "
                + $"{certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC, and the clock here says "
                + $"{time.GetUtcNow():yyyy-MM-dd HH:mm}",
                "set the clock if it is wrong; else ask the operator, whose server has not renewed the certificate");
        }

        if (certificate is null || authority is null || !IsOurs(certificate, authority) || IsForeign(authority))
        {
            throw new FedMetaException(ExitCode.WrongServerKey,
                "the server sent a certificate that is not for this hospital's key or not of its consortium",
                "do not go on; ask the operator what changed");
        }

        if (connection.Certificate?.Thumbprint == certificate.Thumbprint) return;
        CertificateFiles.Save(home.AuthorityFile, authority);
        CertificateFiles.Save(home.CertificateFile, certificate);
        connection.Use(identity.Attach(certificate));
    }

    private bool IsInForce(X509Certificate2 certificate) =>
        certificate.NotBefore <= time.GetUtcNow() && time.GetUtcNow() < certificate.NotAfter;

    private bool IsOurs(X509Certificate2 certificate, X509Certificate2 authority) =>
        PeerCertificate.TryVerify(certificate, authority, time, out var peer)
        && peer.Role == CertificateRole.Client && peer.Name == clientId && peer.Pin == identity.Pin;

    // The consortium is the one of the first certificate: a server that later shows another one is not the same
    // consortium.
    private bool IsForeign(X509Certificate2 authority)
    {
        if (!File.Exists(home.AuthorityFile)) return false;
        using var known = CertificateFiles.Load(home.AuthorityFile);
        return KeyPin.Of(known) != KeyPin.Of(authority);
    }
}

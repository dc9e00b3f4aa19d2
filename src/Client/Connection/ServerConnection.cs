using System.Security.Cryptography.X509Certificates;
using FedMeta.Client.Configuration;
using FedMeta.Client.Enrolment;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Grpc.Core;

namespace FedMeta.Client.Connection;

/// <summary>
/// The way to the one server: without a certificate for enrolment, with it for everything else. Every call ends
/// within its limit; a wrong key of the server is an error of its own, whatever the call.
/// </summary>
internal sealed class ServerConnection : IDisposable
{
    /// <summary>Limit of a short call.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromSeconds(30);

    private readonly ServerAddress _server;
    private readonly KeyPin _pin;
    private readonly ProxySettings? _proxy;
    private readonly TimeProvider _time;
    private PinnedChannel? _member;
    private X509Certificate2? _certificate;

    /// <summary>Prepares the way; nothing is sent yet.</summary>
    public ServerConnection(ServerAddress server, KeyPin pin, string proxy, TimeProvider time)
    {
        (_server, _pin, _time) = (server, pin, time);
        _proxy = ProxySettings.Choose(proxy, server.Host, Environment.GetEnvironmentVariable);
        Anonymous = new PinnedChannel(server, pin, null, _proxy);
    }

    /// <summary>The way that client.toml names.</summary>
    public static ServerConnection Of(ClientSettings settings, TimeProvider time) =>
        new(settings.Server, settings.Pin, settings.Proxy, time);

    /// <summary>Without a certificate.</summary>
    public PinnedChannel Anonymous { get; }

    /// <summary>With the member's certificate.</summary>
    /// <exception cref="FedMetaException">There is none yet (22).</exception>
    public PinnedChannel Member => _member ?? throw new FedMetaException(
        ExitCode.NotEnrolled,
        "this hospital has no certificate yet",
        "ask the operator to run 'fedmeta client approve', then try again");

    /// <summary>The member's certificate; null before enrolment is complete.</summary>
    public X509Certificate2? Certificate => _certificate;

    /// <summary>Goes on with this certificate; calls under way end with the old one.</summary>
    /// <param name="certificate">With its private key; owned by the connection from here on.</param>
    public void Use(X509Certificate2 certificate)
    {
        var (oldChannel, oldCertificate) = (_member, _certificate);
        _certificate = certificate;
        _member = new PinnedChannel(_server, _pin, certificate, _proxy);
        oldChannel?.Dispose();
        oldCertificate?.Dispose();
    }

    /// <summary>Runs a call with a limit.</summary>
    /// <exception cref="RpcException">The call failed; <see cref="StatusCode.DeadlineExceeded"/> past the
    /// limit.</exception>
    /// <exception cref="FedMetaException">The server shows another key than the pinned one, or speaks another version.
    /// </exception>
    public async Task<T> CallAsync<T>(
        PinnedChannel channel, Func<CancellationToken, Task<T>> call, TimeSpan limit, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded,
                $"no answer within {limit.TotalSeconds:0} s"));
        }
        catch (RpcException fault) when (channel.Explain(fault) is
        { Code: ExitCode.WrongServerKey or ExitCode.VersionSkew } explained)
        {
            throw explained;
        }
    }

    /// <summary>The same for a command that a person waits for: every failure is explained.</summary>
    /// <exception cref="FedMetaException">Whatever went wrong, in words.</exception>
    public async Task<T> AskAsync<T>(
        PinnedChannel channel, Func<CancellationToken, Task<T>> call, CancellationToken stop)
    {
        try
        {
            return await CallAsync(channel, call, Short, stop);
        }
        catch (RpcException fault)
        {
            throw channel.Explain(fault) ?? Refused(fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _member?.Dispose();
        _certificate?.Dispose();
        Anonymous.Dispose();
    }

    private static FedMetaException Refused(RpcException fault) => fault.StatusCode switch
    {
        StatusCode.PermissionDenied when fault.Status.Detail == "revoked" =>
            Membership.Explain(EnrolmentStatus.Types.State.Revoked),
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => new(ExitCode.NotEnrolled,
            $"the server does not accept this hospital: {Words.Clean(fault.Status.Detail)}",
            "see 'fedmeta-client status'", fault),
        StatusCode.NotFound => new(ExitCode.NotFound,
            $"the server has no such thing: {Words.Clean(fault.Status.Detail)}", "see 'fedmeta-client study list'",
                fault),
        _ => new(ExitCode.ServerUnreachable,
            $"the server answered with an error: {fault.StatusCode} {Words.Clean(fault.Status.Detail)}",
            "try again; if it stays, ask the operator to look at the server's log", fault),
    };
}

using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.Hosting;
using Grpc.Core;
using OperatorClient = FedMeta.Protocol.V1.Operator.OperatorClient;

namespace FedMeta.Server.Commands;

/// <summary>A call from the operator's machine to the running coordinator, with the operator certificate of the home
/// folder.</summary>
internal sealed class OperatorConnection : IDisposable
{
    private readonly PinnedChannel _channel;
    private readonly X509Certificate2 _certificate;

    private OperatorConnection(PinnedChannel channel, X509Certificate2 certificate)
    {
        _channel = channel;
        _certificate = certificate;
        Client = new OperatorClient(channel.Channel);
    }

    /// <summary>The remote procedures; call them through <see cref="AskAsync"/>.</summary>
    public OperatorClient Client { get; }

    /// <summary>Opens the home; nothing is sent yet.</summary>
    /// <exception cref="FedMetaException">Not initialised, or a file that may not be read.</exception>
    public static OperatorConnection Open(ServerHome home)
    {
        home.RequireInitialised();
        var listen = ServerConfiguration.Load(home).Listen;
        var host = listen.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : listen.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listen.Address;
        using var certificate = CertificateFiles.Load(home.OperatorCertificate);
        using var identity = Identity.Load(home.OperatorKey);
        var attached = identity.Attach(certificate);
        return new OperatorConnection(new PinnedChannel(new ServerAddress(host.ToString(), listen.Port),
            home.ServerPin(), attached),
            attached);
    }

    /// <summary>Asks once; a failed call becomes what it means to the operator.</summary>
    public static async Task<T> AskAsync<T>(CommandScope scope, Func<OperatorClient, Task<T>> ask)
    {
        using var connection = Open(scope.Home);
        try
        {
            return await ask(connection.Client).ConfigureAwait(false);
        }
        catch (RpcException failure) when (failure.StatusCode != StatusCode.Cancelled)
        {
            throw connection.Explain(failure);
        }
    }

    /// <summary>Collects a streamed file.</summary>
    public static async Task<byte[]> CollectAsync(AsyncServerStreamingCall<Chunk> call, CancellationToken cancel)
    {
        using var owned = call;
        var whole = new ChunkAssembler(0, 1 << 30);
        while (await call.ResponseStream.MoveNext(cancel).ConfigureAwait(false))
            whole.Add(call.ResponseStream.Current);
        return whole.TryFinish(out var bytes, out var refusal)
            ? bytes
            : throw new FedMetaException(ExitCode.ServerUnreachable,
                $"the coordinator's answer broke off ({refusal})", "run the command again");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _channel.Dispose();
        _certificate.Dispose();
    }

    private FedMetaException Explain(RpcException failure)
    {
        var code = failure.Trailers.GetValue(FaultAnswers.CodeTrailer);
        var hint = failure.Trailers.FirstOrDefault(t => t.Key == FaultAnswers.HintTrailer)?.ValueBytes;
        if (int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Enum.IsDefined((ExitCode)number) && number != 0 && hint is { Length: > 0 })
            return new FedMetaException((ExitCode)number, failure.Status.Detail, Encoding.UTF8.GetString(hint),
                failure);
        return failure.StatusCode switch
        {
            StatusCode.NotFound => new FedMetaException(ExitCode.NotFound, failure.Status.Detail,
                "check the name for a typing error", failure),
            StatusCode.InvalidArgument => new FedMetaException(ExitCode.Usage, failure.Status.Detail, "see --help",
                failure),
            StatusCode.PermissionDenied or StatusCode.Unauthenticated => new FedMetaException(ExitCode.Permission,
                $"the coordinator does not accept this operator: {failure.Status.Detail}",
                "run the command with the home folder that this coordinator was initialised in", failure),
            _ => _channel.Explain(failure) ?? new FedMetaException(ExitCode.Unexpected, failure.Status.Detail,
                "see the coordinator's log; please report it", failure),
        };
    }
}

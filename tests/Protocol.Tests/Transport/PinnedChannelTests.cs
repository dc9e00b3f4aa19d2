using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using FedMeta.Protocol.V1;
using Grpc.Core;

namespace FedMeta.Protocol.Tests;

public sealed class PinnedChannelTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly ConsortiumAuthority _authority = ConsortiumAuthority.Create("c", TimeProvider.System);
    private readonly Identity _serverKey = Identity.Create();
    private readonly Identity _hospital = Identity.Create();
    private TestServer? _server;

    private ServerAddress Address => _server!.Address;

    public async Task InitializeAsync() => _server = await TestServer.Start(_authority, _serverKey);

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        _authority.Dispose();
        _serverKey.Dispose();
        _hospital.Dispose();
    }

    [Fact]
    public async Task The_pinned_server_answers_without_a_client_certificate()
    {
        using var channel = new PinnedChannel(Address, _serverKey.Pin);
        var status = await Ask(channel);
        Assert.Equal(EnrolmentStatus.Types.State.Approved, status.State);
        Assert.True(status.Certificate.IsEmpty);
    }

    [Fact]
    public async Task The_server_sees_the_clients_certificate()
    {
        using var issued = Issue(_authority);
        using var certificate = _hospital.Attach(issued);
        using var channel = new PinnedChannel(Address, _serverKey.Pin, certificate);
        var status = await Ask(channel);
        using var shown = CertificateFiles.TryRead(status.Certificate.Span);
        Assert.True(PeerCertificate.TryVerify(shown!, _authority.Certificate, TimeProvider.System, out var peer));
        Assert.Equal(new PeerCertificate(CertificateRole.Client, "seoul", _hospital.Pin), peer);
    }

    [Fact]
    public async Task Another_key_than_the_pinned_one_is_refused_and_explained()
    {
        using var other = Identity.Create();
        using var channel = new PinnedChannel(Address, other.Pin);
        var error = await Failure(channel);
        Assert.Equal(ExitCode.WrongServerKey, error.Code);
        Assert.StartsWith("the server's key is not the one in your invite", error.What, StringComparison.Ordinal);
        Assert.Equal("a TLS-inspecting proxy is likely; ask IT to bypass 127.0.0.1", error.Hint);
    }

    [Fact]
    public async Task The_pinned_key_in_a_certificate_that_is_not_a_servers_is_refused()
    {
        await using var server = await TestServer.Start(_authority, _serverKey, CertificateRole.Client);
        using var channel = new PinnedChannel(server.Address, _serverKey.Pin);
        Assert.Equal(ExitCode.WrongServerKey, (await Failure(channel)).Code);
    }

    [Fact]
    public async Task The_pinned_key_is_good_in_an_expired_certificate_too()
    {
        await using var server = await TestServer.Start(_authority, _serverKey, age: TimeSpan.FromDays(3));
        using var channel = new PinnedChannel(server.Address, _serverKey.Pin);
        Assert.Equal(EnrolmentStatus.Types.State.Approved, (await Ask(channel)).State);
    }

    [Fact]
    public async Task A_certificate_of_another_consortium_is_refused_in_the_handshake()
    {
        using var stranger = ConsortiumAuthority.Create("c", TimeProvider.System);
        using var issued = Issue(stranger);
        using var certificate = _hospital.Attach(issued);
        using var channel = new PinnedChannel(Address, _serverKey.Pin, certificate);
        Assert.Equal(ExitCode.ServerUnreachable, (await Failure(channel)).Code);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_explained()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using var channel = new PinnedChannel(new ServerAddress("127.0.0.1", port), _serverKey.Pin);
        var error = await Failure(channel);
        Assert.Equal(ExitCode.ServerUnreachable, error.Code);
        Assert.Contains($"127.0.0.1:{port} does not answer", error.What, StringComparison.Ordinal);
        Assert.Contains("nothing listens there", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_explained()
    {
        using var channel = new PinnedChannel(new ServerAddress("fedmeta.invalid", 443), _serverKey.Pin);
        var error = await Failure(channel);
        Assert.Equal(ExitCode.ServerUnreachable, error.Code);
        Assert.Contains("cannot be resolved", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_the_server_does_not_know_is_a_version_skew()
    {
        using var channel = new PinnedChannel(Address, _serverKey.Pin);
        var client = new V1.Studies.StudiesClient(channel.Channel);
        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await client.ListAsync(new ListStudiesRequest()));
        Assert.Equal(ExitCode.VersionSkew, channel.Explain(failure)!.Code);
    }

    [Fact]
    public async Task What_the_server_itself_answers_is_left_to_the_caller()
    {
        using var channel = new PinnedChannel(Address, _serverKey.Pin);
        var failure = await Assert.ThrowsAsync<RpcException>(() => Ask(channel, "refuse-me"));
        Assert.Equal(StatusCode.PermissionDenied, failure.StatusCode);
        Assert.Null(channel.Explain(failure));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("user:p@ss")]
    public async Task Calls_go_through_a_CONNECT_proxy_end_to_end(string? credentials)
    {
        using var proxy = new TestProxy(credentials);
        using var channel = new PinnedChannel(Address, _serverKey.Pin, null, Through(proxy, credentials));
        var status = await Ask(channel);
        Assert.Equal(EnrolmentStatus.Types.State.Approved, status.State);
        Assert.All(proxy.Requests, request => Assert.Equal($"CONNECT {Address} HTTP/1.1", request));
        Assert.NotEmpty(proxy.Requests);
    }

    [Fact]
    public async Task A_proxy_does_not_weaken_the_pin()
    {
        using var proxy = new TestProxy();
        using var other = Identity.Create();
        using var channel = new PinnedChannel(Address, other.Pin, null, Through(proxy, null));
        Assert.Equal(ExitCode.WrongServerKey, (await Failure(channel)).Code);
    }

    [Fact]
    public async Task A_proxy_that_wants_a_password_is_explained()
    {
        using var proxy = new TestProxy("user:secret");
        using var channel = new PinnedChannel(Address, _serverKey.Pin, null, Through(proxy, null));
        var error = await Failure(channel);
        Assert.Equal(ExitCode.ServerUnreachable, error.Code);
        Assert.Contains($"through the proxy 127.0.0.1:{proxy.Port}", error.What, StringComparison.Ordinal);
        Assert.Contains("the proxy asks for a password", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_explained_and_its_password_not_printed()
    {
        using var proxy = new TestProxy("user:hunter2", refuses: true);
        using var channel = new PinnedChannel(Address, _serverKey.Pin, null, Through(proxy, "user:hunter2"));
        var error = await Failure(channel);
        Assert.Equal(ExitCode.ServerUnreachable, error.Code);
        Assert.Contains($"ask IT to allow CONNECT to {Address}", error.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.What + error.Hint, StringComparison.Ordinal);
    }

    private X509Certificate2 Issue(ConsortiumAuthority authority) =>
        authority.Issue(_hospital.PublicKey, CertificateRole.Client, "seoul", TimeProvider.System, Day);

    private static ProxySettings Through(TestProxy proxy, string? credentials)
    {
        var user = credentials is null
            ? ""
            : string.Join(':', credentials.Split(':').Select(Uri.EscapeDataString)) + "@";
        Assert.True(ProxySettings.TryParse($"http://{user}127.0.0.1:{proxy.Port}", out var settings));
        return settings;
    }

    private static async Task<EnrolmentStatus> Ask(PinnedChannel channel, string client = "seoul") =>
        await new Enrolment.EnrolmentClient(channel.Channel).GetStatusAsync(
            new EnrolmentStatusRequest { ClientId = client });

    private static async Task<FedMetaException> Failure(PinnedChannel channel)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => Ask(channel));
        return channel.Explain(failure) ?? throw new InvalidOperationException("not explained", failure);
    }
}

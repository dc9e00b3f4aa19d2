using FedMeta.Client.Agent;
using FedMeta.Client.Connection;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;

namespace FedMeta.Client.Tests.Commands;

public sealed class UploadTests
{
    [Fact]
    public async Task An_upload_whose_connection_is_cut_goes_on_from_the_last_byte_that_arrived()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        using var identity = Identity.Create();
        using var certificate = coordinator.Authority.Issue(identity.PublicKey, CertificateRole.Client, "site-0",
            TimeProvider.System, TimeSpan.FromDays(1));
        using var connection = new ServerConnection(coordinator.Address, coordinator.Pin, "", TimeProvider.System);
        connection.Use(identity.Attach(certificate));
        var packed = new byte[3_000_001];
        System.Security.Cryptography.RandomNumberGenerator.Fill(packed);
        var header = new MaskedInputHeader { Round = new RoundId { StudyHash = ByteString.CopyFrom(new byte[32]) } };
        coordinator.Cuts.Enqueue(1_000_000);
        coordinator.Cuts.Enqueue(2_000_000);
        var server = new GrpcRoundServer(connection);
        var until = TimeProvider.System.GetUtcNow().AddMinutes(1);
        var ack = await Retry.WhileAwayAsync(
            () => server.UploadAsync(header, packed, default), until, TimeProvider.System, default);
        Assert.True(ack.Accepted, ack.Refusal);
        Assert.Empty(coordinator.Cuts);
        Assert.Equal(packed, coordinator.Uploaded.ToArray());

        // Nothing that had arrived was sent again, and what is complete is not sent at all.
        Assert.Equal(packed.Length, coordinator.Arrived);
        Assert.True((await server.UploadAsync(header, packed, default)).Accepted);
        Assert.Equal(packed.Length, coordinator.Arrived);
    }
}

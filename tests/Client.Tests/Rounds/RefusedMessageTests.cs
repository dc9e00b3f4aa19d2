using FedMeta.Client.Ledger;
using FedMeta.Privacy;
using Grpc.Core;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>Messages that the server does not take, or whose answers are lost.</summary>
public sealed class RefusedMessageTests : IDisposable
{
    private readonly TestFederation _federation = new();

    public void Dispose() => _federation.Dispose();

    private TestHospital First => _federation.Hospitals[0];

    [Fact]
    public async Task An_upload_that_was_cut_off_is_repeated_to_the_byte_and_charged_once()
    {
        _federation.ApproveAll();
        First.Server.UploadFaults.Enqueue(new RpcException(new Status(StatusCode.Unavailable, "cut")));
        var state = await _federation.OpenAsync(1);
        state = await _federation.StepAsync(state, _federation.Id(1));
        await _federation.StepAsync(state, _federation.Id(1));
        Assert.Equal(2, First.Server.Uploads.Count);
        Assert.Equal(First.Server.Uploads[0].Packed, First.Server.Uploads[1].Packed);
        Assert.Equal(First.Server.Uploads[0].Header, First.Server.Uploads[1].Header);
        Assert.Single(First.Facts, fact => fact == FactTypes.Spend);
    }

    [Fact]
    public async Task A_masked_input_that_the_server_refuses_ends_the_round_here_with_its_reason_and_stays_charged()
    {
        _federation.ApproveAll();
        First.Server.UploadRefusal = "content-changed\u001b[2J";
        var state = await _federation.OpenAsync(1);
        state = await _federation.StepAsync(state, _federation.Id(1));
        state = await _federation.StepAsync(state, _federation.Id(1));
        Assert.Equal("the server did not take the masked-input: content-changed [2J",
            First.Refused("server-refuses").Detail);
        Assert.Equal(_federation.Study.Mechanism.PerRound, First.Journal.Ask(s => s.RhoOf(_federation.Study.Hash)));
        Assert.DoesNotContain(FactTypes.Abort, First.Facts);
        await _federation.StepAsync(state, _federation.Id(1));
        Assert.DoesNotContain(First.Server.Messages, message => message.Consistency is not null);
        First.Server.UploadRefusal = null;
        await _federation.RunAsync(2);
    }

    [Theory]
    [InlineData("phase-closed", true)]
    [InlineData("already-received", true)]
    [InlineData("content-changed", false)]
    public async Task A_repeated_upload_that_comes_late_may_be_in_the_sum_so_that_the_hospital_stays(
        string word, bool stays)
    {
        _federation.ApproveAll();
        First.Server.UploadFaults.Enqueue(new RpcException(new Status(StatusCode.Unavailable, "cut")));
        First.Server.UploadRefusal = word;
        var state = await _federation.OpenAsync(1);
        state = await _federation.StepAsync(state, _federation.Id(1));
        state = await _federation.StepAsync(state, _federation.Id(1));
        await _federation.StepAsync(state, _federation.Id(1));
        Assert.Equal(stays, First.Server.Messages[^1].Consistency is not null);
        Assert.Equal(!stays, First.Facts.Contains(FactTypes.Refused));
    }

    [Fact]
    public async Task A_message_that_the_server_refuses_ends_the_round_here_with_its_reason()
    {
        _federation.ApproveAll();
        First.Server.Refuses = message => message.ShareKeys is null ? null : "phase-closed";
        var state = await _federation.OpenAsync(1);
        await _federation.StepAsync(state, _federation.Id(1));
        Assert.Equal("the server did not take the share-keys: phase-closed", First.Refused("server-refuses").Detail);
        Assert.Single(First.Facts, fact => fact == FactTypes.Abort);
        Assert.Equal(Rho.Zero, First.Journal.Ask(s => s.RhoOf(_federation.Study.Hash)));
    }
}

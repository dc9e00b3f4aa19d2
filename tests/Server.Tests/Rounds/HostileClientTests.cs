using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.State;
using FedMeta.Server.Tests.Harness;
using Google.Protobuf;
using Grpc.Core;

namespace FedMeta.Server.Tests.Rounds;

public sealed class HostileClientTests
{
    [Fact]
    public async Task Wrong_lengths_replays_and_other_rounds_are_refused_and_the_round_goes_on()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        var starts = await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
        var (plan, model, hostile) = (federation.Plan, starts[0].Start.ModelHash, federation.Clients[0]);

        var shortKeys = new AdvertiseKeys { ShareKey = ByteString.CopyFrom(new byte[31]) };
        Assert.Equal("wrong-length", (await hostile.Rounds.SendAsync(new PhaseMessage
        {
            Round = starts[0].Round,
            AdvertiseKeys = shortKeys
        })).Refusal);
        Assert.Equal("malformed", (await hostile.Rounds.SendAsync(new PhaseMessage { Round = starts[0].Round }))
            .Refusal);
        var later = starts[0].Round.Clone();
        later.Attempt++;
        Assert.Equal("round-not-open", (await hostile.Rounds.SendAsync(new PhaseMessage
        {
            Round = later,
            AdvertiseKeys = shortKeys
        })).Refusal);
        Assert.Equal("round-not-open", (await hostile.Rounds.SendAsync(new PhaseMessage { AdvertiseKeys = shortKeys }))
            .Refusal);

        foreach (var (client, start) in federation.Clients.Zip(starts))
            Assert.True((await client.BeginAsync(plan, start, federation.Input(_ => 7))).Accepted);
        Assert.Equal("phase-closed", (await hostile.Rounds.SendAsync(new PhaseMessage
        {
            Round = starts[0].Round,
            AdvertiseKeys = shortKeys
        })).Refusal);
        Assert.Equal("too-early", (await hostile.UploadAsync(starts[0].Round, hostile.Spend(plan, starts[0].Round,
            model), [])).Refusal);

        await AnswerAllAsync(federation, model);
        var shares = await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
        await RefusedUploadsAsync(federation, hostile, starts[0].Round, model);
        await Task.WhenAll(federation.Clients.Skip(1).Zip(shares.Skip(1)).Select(p => p.First.AnswerAsync(plan,
            p.Second, model)));
        federation.Time.Advance(plan.Deadline);
        for (var phase = 3; phase <= 4; phase++)
            await AnswerAllAsync(federation, model, skip: 1);
        var end = await federation.Clients[1].NextAsync();
        Assert.True(end.End.Completed);
        Assert.DoesNotContain(hostile.Id, end.End.Included);
    }

    [Fact]
    public async Task A_revoked_hospital_is_out_on_its_next_call_though_its_connection_stands()
    {
        await using var federation = await Federation.WithStudyAsync();
        var client = federation.Clients[0];
        await client.Studies.ListAsync(new ListStudiesRequest());
        Assert.True(federation.Desk.Revoke(client.Id));
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.Studies.ListAsync(new ListStudiesRequest()));
        Assert.Equal((StatusCode.PermissionDenied, "revoked"), (failure.StatusCode, failure.Status.Detail));
        Assert.Equal(EnrolmentStatus.Types.State.Revoked, (await client.StatusAsync()).State);
    }

    [Fact]
    public async Task A_certificate_of_another_consortium_opens_nothing()
    {
        await using var federation = await Federation.StartAsync();
        await using var other = await Federation.StartAsync();
        var foreign = await other.JoinAsync("Stranger");
        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(
            (await foreign.StatusAsync()).Certificate.ToByteArray());
        using var attached = foreign.Identity.Attach(certificate);
        using var channel = new PinnedChannel(federation.Address, federation.Home.ServerPin(), attached);
        await Assert.ThrowsAsync<RpcException>(async () =>
            await new Protocol.V1.Studies.StudiesClient(channel.Channel).ListAsync(new ListStudiesRequest()));
        using var anonymous = new PinnedChannel(federation.Address, federation.Home.ServerPin());
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Protocol.V1.Studies.StudiesClient(anonymous.Channel).ListAsync(new ListStudiesRequest()));
        Assert.Equal(StatusCode.Unauthenticated, failure.StatusCode);
    }

    [Fact]
    public async Task A_hospital_outside_a_study_sees_neither_the_study_nor_its_models_while_it_runs()
    {
        await using var federation = await Federation.WithStudyAsync();
        var late = await federation.JoinAsync("Latecomer");
        Assert.Empty((await late.Studies.ListAsync(new ListStudiesRequest())).Studies);
        var hash = ByteString.CopyFrom(federation.Plan.Document.Hash.ToArray());
        var study = await Assert.ThrowsAsync<RpcException>(async () =>
            await late.Studies.GetAsync(new GetStudyRequest { StudyHash = hash }));
        Assert.Equal(StatusCode.NotFound, study.StatusCode);
        using var call = late.Rounds.GetModel(new ModelRequest { ModelHash = ByteString.CopyFrom(federation.Plan.Document.InitialModel.ToArray()) });
        var model = await Assert.ThrowsAsync<RpcException>(async () =>
            await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.NotFound, model.StatusCode);
    }

    [Fact]
    public async Task A_hospital_that_enrols_after_the_end_reads_the_document_and_the_last_model_alone()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 2));
        for (var round = 1; round <= 2; round++)
            await federation.PlayAsync(c => federation.Input(i => (uint)i));
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        var late = await federation.JoinAsync("Latecomer");
        var shown = Assert.Single((await late.Studies.ListAsync(new ListStudiesRequest())).Studies);
        var text = await late.Studies.GetAsync(new GetStudyRequest { StudyHash = shown.StudyHash });
        Assert.Equal(federation.Plan.Document.Hash, Sha256Digest.Of(text.Document.Span));
        using var last = late.Rounds.GetModel(new ModelRequest { ModelHash = shown.ModelHash });
        Assert.True(await last.ResponseStream.MoveNext(CancellationToken.None));
        var earlier = Assert.IsType<RoundOutcome.Completed>(federation.Study.Rounds[0].Outcome).Model;
        using var call = late.Rounds.GetModel(
            new ModelRequest { ModelHash = ByteString.CopyFrom(Convert.FromHexString(earlier)) });
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        Assert.Equal("unknown-study", (await late.DecideAsync(federation.Plan)).Refusal);
    }

    private static async Task RefusedUploadsAsync(Federation federation, ScriptedClient hostile, RoundId round,
        ByteString model)
    {
        var plan = federation.Plan;
        var right = hostile.Spend(plan, round, model);
        var cheap = right with { Terms = right.Terms with { Rho = right.Terms.Rho - 1 } };
        Assert.Equal("bad-spend", (await hostile.UploadAsync(round, cheap, [])).Refusal);
        var another = right with { ClientId = federation.Clients[1].Id };
        Assert.Equal("bad-spend", (await hostile.UploadAsync(round, another, [])).Refusal);
        var signed = federation.Journal.State.Ledger.Newest!.Head;
        foreach (var (size, root) in ((long, Sha256Digest)[])[
            (signed.Size, Sha256Digest.Of("x"u8)), (signed.Size - 1, signed.Root), (signed.Size + 1, signed.Root),
            (long.MaxValue, signed.Root)])
        {
            var unseen = right with { CheckpointSize = size, CheckpointRoot = root };
            Assert.Equal("bad-spend", (await hostile.UploadAsync(round, unseen, [])).Refusal);
        }

        Assert.Empty(federation.Study.Rounds[0].Inputs);

        var length = 4 * plan.Mechanism.PaddedDimension;
        Assert.Equal("bad-upload", (await hostile.UploadAsync(round, right, ChunkSplitter.Split(new byte[length - 4])))
            .Refusal);
        Assert.Equal("bad-upload", (await hostile.UploadAsync(round, right, ChunkSplitter.Split(new byte[length + 4])))
            .Refusal);
        Assert.Equal("bad-upload", (await hostile.UploadAsync(round, right, [])).Refusal);
        Assert.Equal("spend-changed", (await hostile.UploadAsync(round, right with
        {
            Cumulative = right.Cumulative
            + 1
        }, [])).Refusal);
        Assert.Equal([hostile.Id], federation.Study.Rounds[0].Inputs.Keys);
    }

    private static async Task AnswerAllAsync(Federation federation, ByteString model, int skip = 0)
    {
        var clients = federation.Clients.Skip(skip).ToList();
        var next = await Task.WhenAll(clients.Select(c => c.NextAsync()));
        var acks = await Task.WhenAll(clients.Zip(next).Select(p => p.First.AnswerAsync(federation.Plan, p.Second,
            model)));
        Assert.All(acks, a => Assert.True(a.Accepted, a.Refusal));
    }
}

using System.Text;
using System.Text.Json;
using FedMeta.Client.Commands;
using FedMeta.Client.Homes;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Learning;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;

namespace FedMeta.Client.Tests.Commands;

/// <summary>Whole commands against a coordinator with real TLS on the loopback.</summary>
public sealed partial class ClientCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Identity> _others = [.. Enumerable.Range(0, 4).Select(_ => Identity.Create())];
    private TestCoordinator _coordinator = null!;
    private string _data = "";

    private string Home => Path.Combine(_folder.Path, "home");

    public async Task InitializeAsync()
    {
        _coordinator = await TestCoordinator.StartAsync();
        _data = _folder.File("cohort.csv", TestStudy.Csv(90, 1, TestHospital.Canary));
    }

    public async Task DisposeAsync()
    {
        await _coordinator.DisposeAsync();
        _others.ForEach(key => key.Dispose());
        _folder.Dispose();
    }

    private async Task<(int Code, string Out, string Error)> Run(
        string[] args, TimeProvider? time = null, string input = "")
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new CommandContext(output, error, new StringReader(input), time ?? TimeProvider.System);
        var code = await ClientCommands.RunAsync([.. args, "--home", Home], context);
        return (code, output.ToString(), error.ToString());
    }

    private async Task Join(bool approved = true)
    {
        if (approved) _coordinator.State = EnrolmentStatus.Types.State.Approved;
        var (code, _, error) = await Run(["join", "-", "--data", _data], input: _coordinator.Invite());
        Assert.True(code == 0, error);
    }

    private StudyDocument Propose(string? draft = null)
    {
        StudyMember[] members =
        [
            new("site-0", "Seoul General", _coordinator.ClientKey),
            .. _others.Select((key, i) => new StudyMember($"site-{i + 1}", "S", key.PublicKey)),
        ];
        var (document, model) = TestStudy.Resolve(members, draft);
        (_coordinator.Document, _coordinator.Model) = (document.Canonical.ToArray(), model);
        return document;
    }

    private static void Failed((int Code, string Out, string Error) result, ExitCode code, string words)
    {
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Contains($"code: {(int)code} ", result.Error, StringComparison.Ordinal);
        Assert.Equal((int)code, result.Code);
        Assert.DoesNotContain(TestHospital.Canary, result.Out + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joining_makes_the_key_here_prints_six_words_and_waits_for_the_operator()
    {
        var (code, output, error) = await Run(["join", "-", "--data", _data], input: _coordinator.Invite());
        Assert.True(code == 0, error);
        Assert.Contains("pending", output, StringComparison.Ordinal);
        Assert.Contains(KeyFingerprint.Of(_coordinator.ClientKey), output, StringComparison.Ordinal);
        var home = ClientHome.At(Home);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home.KeyFile));
        Assert.True(File.Exists(home.PolicyFile));
        Assert.Equal((int)ExitCode.NotEnrolled, (await Run(["status"])).Code);
        Failed(await Run(["study", "list"]), ExitCode.NotEnrolled, "not approved this hospital yet");
        _coordinator.State = EnrolmentStatus.Types.State.Approved;
        var status = await Run(["status", "--json"]);
        Assert.Equal(0, status.Code);
        Assert.Equal("enrolled", JsonDocument.Parse(status.Out).RootElement.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Joining_twice_and_with_bad_invites_is_refused()
    {
        Failed(await Run(["join", "nonsense", "--data", _data]), ExitCode.InviteRefused, "not a whole invite");
        Failed(await Run(["join", _coordinator.Invite(expires: DateTimeOffset.UnixEpoch.AddDays(1)), "--data", _data]),
            ExitCode.InviteRefused, "expired");
        _coordinator.RefusesInvites = true;
        Failed(await Run(["join", _coordinator.Invite(), "--data", _data]), ExitCode.InviteRefused, "used already");
        _coordinator.RefusesInvites = false;
        await Join();
        Failed(await Run(["join", _coordinator.Invite(), "--data", _data]), ExitCode.AlreadyInitialised,
            "joined already");
    }

    [Fact]
    public async Task A_server_with_another_key_is_refused_with_the_likely_cause()
    {
        using var other = Identity.Create();
        var result = await Run(["join", _coordinator.Invite(other.Pin), "--data", _data]);
        Failed(result, ExitCode.WrongServerKey, "TLS-inspecting proxy is likely");
        Assert.False(File.Exists(ClientHome.At(Home).ConfigurationFile));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var invite = new Invite(new ServerAddress("127.0.0.1", 1), _coordinator.Pin, "site-0", "S",
            InviteSecret.Create(System.Security.Cryptography.RandomNumberGenerator.Create()),
            TimeProvider.System.GetUtcNow().AddDays(1));
        Failed(await Run(["join", invite.Reveal(), "--data", _data]), ExitCode.ServerUnreachable, "127.0.0.1:1");
    }

    [Fact]
    public async Task A_study_is_shown_with_its_cost_approved_and_the_decision_is_signed()
    {
        await Join();
        var document = Propose();
        var shown = await Run(["study", "show", "heart"]);
        Assert.Contains("costs a patient epsilon = 3 at delta = 1E-05", shown.Out, StringComparison.Ordinal);
        Assert.Contains("nothing speaks against", shown.Out, StringComparison.Ordinal);
        Assert.Contains("this study will cost this hospital epsilon = 3", shown.Out, StringComparison.Ordinal);
        using (var facts = JsonDocument.Parse((await Run(["study", "show", "heart", "--json"])).Out))
        {
            var budget = facts.RootElement.GetProperty("forecast").GetProperty("budget");
            Assert.Equal((3, 3), (budget.GetProperty("rounds").GetInt32(), budget.GetProperty("stops_after").GetInt32()));
            Assert.InRange(budget.GetProperty("remains").GetDouble(), 1, 10);
        }

        var (code, output, error) = await Run(["study", "approve", "heart"]);
        Assert.True(code == 0, error);
        Assert.True(output.IndexOf("remains for another study", StringComparison.Ordinal)
            < output.IndexOf("approved", StringComparison.Ordinal), "the forecast comes before the decision");
        Assert.Contains("approved", output, StringComparison.Ordinal);
        Assert.True(_coordinator.Decisions.TryDequeue(out var sent));
        Assert.True(StudyDecision.TryRead(sent, "site-0", out var decision));
        Assert.True(decision.IsApproval);
        Assert.True(decision.Verify(_coordinator.ClientKey, sent.Signature.Span));
        Assert.Equal(document.Hash, decision.Study);
        Assert.Contains("approved", (await Run(["study", "list"])).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await Run(["audit", "verify"])).Code);
        Assert.Contains("heart", (await Run(["ledger"])).Out, StringComparison.Ordinal);
        Propose(TestStudy.Draft.Replace("clip = 0.5", "clip = 0.6", StringComparison.Ordinal));
        Assert.Contains("changed since", (await Run(["study", "list", "--json"])).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await Run(["study", "refuse", "heart", "--reason", "no consent"])).Code);
        Assert.True(_coordinator.Decisions.TryDequeue(out var refusal) && !refusal.Approve);
    }

    [Fact]
    public async Task What_the_policy_the_budget_or_the_data_forbid_cannot_be_approved()
    {
        await Join();
        Propose();
        var policy = ClientHome.At(Home).PolicyFile;
        File.WriteAllText(policy, "max_epsilon_per_study = 1.0\n");
        Failed(await Run(["study", "approve", "heart"]), ExitCode.PolicyRefuses, "policy allows 1");
        File.WriteAllText(policy, "max_epsilon_total = 2.0\n");
        Failed(await Run(["study", "approve", "heart"]), ExitCode.BudgetExhausted, "over all studies");
        Failed(await Run(["study", "approve", "heart"]), ExitCode.BudgetExhausted, "it would stop at round 1 of 3");
        var refused = await Run(["study", "approve", "heart"]);
        Assert.Contains("it stops at round 1 of 3, where", refused.Out, StringComparison.Ordinal);
        File.WriteAllText(policy, "approvers = [\"Dr Kim\"]\n");
        Failed(await Run(["study", "approve", "heart", "--by", "Mallory"]), ExitCode.PolicyRefuses, "'Mallory'");
        Assert.Equal(0, (await Run(["study", "approve", "heart", "--by", "Dr Kim"])).Code);
        File.WriteAllText(policy, "min_rows = 1000\n");
        Failed(await Run(["study", "approve", "heart"]), ExitCode.Data, "training rows");
        File.WriteAllText(policy, "min_epsilon = 1\n");
        Failed(await Run(["study", "approve", "heart"]), ExitCode.Configuration, "min_epsilon");
    }

    [Fact]
    public async Task A_delta_too_large_for_the_hospital_s_own_patients_is_refused_with_what_to_do()
    {
        await Join();
        Propose(TestStudy.Draft.Replace("1e-5", "0.0011", StringComparison.Ordinal));
        File.WriteAllText(ClientHome.At(Home).PolicyFile, "max_epsilon_per_study = 10.0\n");
        Assert.Equal(0, (await Run(["data", "check", "heart"])).Code);
        File.WriteAllText(_data, TestStudy.Csv(150, 1));
        Failed(await Run(["study", "approve", "heart"]), ExitCode.Data, "privacy.delta = 0.001 or less");
        var (code, output, _) = await Run(["data", "check", "heart"]);
        Assert.Equal((int)ExitCode.Data, code);
        Assert.Contains("N = 100 patients", output, StringComparison.Ordinal);
        Propose();
        File.WriteAllText(ClientHome.At(Home).PolicyFile, "delta = 0.001\n");
        Assert.Equal(0, (await Run(["study", "approve", "heart"])).Code);
        File.WriteAllText(_data, TestStudy.Csv(200, 1));
        Failed(await Run(["study", "approve", "heart"]), ExitCode.PolicyRefuses, "or less in policy.toml");
    }

    [Fact]
    public async Task What_is_odd_about_the_data_is_said_before_a_study_is_approved()
    {
        await Join();
        Propose();
        File.WriteAllText(_data, "age,chol,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{40 + i},200,1\n")));
        foreach (var command in (string[])["show", "approve"])
        {
            var (code, output, error) = await Run(["study", command, "heart"]);
            Assert.True(code == 0, error);
            Assert.Contains("warning: the column 'chol' has the same value in every row; the model learns nothing from it",
                output, StringComparison.Ordinal);
            Assert.Contains("warning: every training row has the same label; the hospital may take part", output,
                StringComparison.Ordinal);
        }

        File.WriteAllText(_data, "age,chol,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{40 + i},200,7\n")));
        Assert.Contains("against: row 2, column 'label' (number 3) is no label of this study",
            (await Run(["study", "show", "heart"])).Out, StringComparison.Ordinal);
        Failed(await Run(["study", "approve", "heart"]), ExitCode.Data, "is no label of this study");
    }

    [Fact]
    public async Task Another_document_than_the_listed_one_is_not_read()
    {
        await Join();
        Propose();
        _coordinator.Served = [.. _coordinator.Document, (byte)'\n'];
        Failed(await Run(["study", "show", "heart"]), ExitCode.StudyDocument, "another document");
        Failed(await Run(["study", "show", "hart"]), ExitCode.NotFound, "did you mean 'heart'");
    }

    [Fact]
    public async Task Data_are_checked_without_showing_a_value()
    {
        await Join();
        Propose();
        var (code, output, _) = await Run(["data", "check", "heart"]);
        Assert.Equal(0, code);
        Assert.Contains("60 for training, 30 held out, 15 contributions", output, StringComparison.Ordinal);
        File.WriteAllText(_data, $"age,chol,label\n50,{TestHospital.Canary},1\n");
        var bad = await Run(["data", "check", "heart", "--json"]);
        Assert.Equal((int)ExitCode.Data, bad.Code);
        Assert.Contains("NotANumber", bad.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(TestHospital.Canary, bad.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_is_adapted_and_evaluated_here_and_both_work_without_the_server_later()
    {
        await Join();
        Propose();
        var file = Path.Combine(_folder.Path, "mine.safetensors");
        var adapted = await Run(["adapt", "heart", "--shots", "20", "-o", file, "--json"]);
        Assert.True(adapted.Code == 0, adapted.Error);
        Assert.Equal(20, JsonDocument.Parse(adapted.Out).RootElement.GetProperty("patients").GetInt32());
        using (var stream = File.OpenRead(file)) Assert.NotNull(ModelFileReader.Read(stream).Model);
        var report = Path.Combine(_folder.Path, "evaluation.json");
        var evaluated = await Run(["evaluate", "heart", "-o", report]);
        Assert.True(evaluated.Code == 0, evaluated.Error);
        Assert.Equal(7,
            JsonDocument.Parse(File.ReadAllText(report)).RootElement.GetProperty("models").GetArrayLength());
        Assert.Contains("not shown: pooled", evaluated.Out, StringComparison.Ordinal);
        foreach (var beside in new[] { "evaluation.html", "evaluation-curves.svg", "evaluation-models.svg",
            "evaluation-reliability.svg", "mine.adaptation.html", "mine.adaptation.json", "mine.adaptation.svg" })
            Assert.True(File.Exists(Path.Combine(_folder.Path, beside)), beside);
        var brief = await Run(["evaluate", "heart", "--draws", "0", "--by", "age", "--json"]);
        var root = JsonDocument.Parse(brief.Out).RootElement;
        Assert.Equal(0, root.GetProperty("curves").GetArrayLength());
        Assert.Equal(4, root.GetProperty("subgroups").GetArrayLength());
        Failed(await Run(["evaluate", "heart", "--by", "shoe"]), ExitCode.Usage, "no feature 'shoe'");
        await Run(["study", "approve", "heart"]);
        await _coordinator.DisposeAsync();
        Assert.Equal(0, (await Run(["adapt", "heart", "-o", file])).Code);
        _coordinator = await TestCoordinator.StartAsync();
    }

    [Fact]
    public async Task A_running_agent_refuses_what_was_not_approved_and_ends_when_revoked()
    {
        await Join();
        var document = Propose();
        _coordinator.Instructions.Enqueue(new Instruction
        {
            Sequence = 1,
            Round = new RoundId { StudyHash = ByteString.CopyFrom(document.Hash.ToArray()), Round = 1, Attempt = 1 },
            Start = new RoundStart
            {
                ModelHash = ByteString.CopyFrom(Sha256Digest.Of(_coordinator.Model).ToArray()),
                RotationSeed = ByteString.CopyFrom(new byte[32]),
                Expiry = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
            },
        });
        var agent = Run(["run"]);
        await _coordinator.Answered.Task;
        Assert.True(_coordinator.Messages.TryDequeue(out var message));
        Assert.Equal("not-approved", message.Withdraw.Reason);
        Failed(await Run(["run"]), ExitCode.AlreadyInitialised, "already");
        _coordinator.State = EnrolmentStatus.Types.State.Revoked;
        _coordinator.Wake(); // ends the poll that is open
        Failed(await agent, ExitCode.Revoked, "revoked");
    }

    [Fact]
    public async Task Leaving_with_purge_leaves_no_file()
    {
        await Join();
        Assert.NotEmpty(Directory.GetFiles(Home, "*", SearchOption.AllDirectories));
        Directory.CreateDirectory(ClientHome.At(Home).SiteStatesFolder);
        File.WriteAllText(Path.Combine(ClientHome.At(Home).SiteStatesFolder, "a"), "derived from patients");
        Assert.Equal(0, (await Run(["leave"])).Code);
        Assert.False(Directory.Exists(ClientHome.At(Home).SiteStatesFolder));
        Assert.False(File.Exists(ClientHome.At(Home).KeyFile));
        Failed(await Run(["status"]), ExitCode.NotInitialised, "not joined yet");
        await Join();
        Assert.Equal(0, (await Run(["leave", "--purge"])).Code);
        Assert.False(Directory.Exists(Home));
    }

    [Fact]
    public async Task A_wrong_command_line_is_a_usage_error_and_help_shows_an_example()
    {
        Assert.Equal((int)ExitCode.Usage, (await Run(["stdy"])).Code);
        Assert.Equal((int)ExitCode.Usage, (await Run(["adapt", "heart"])).Code);
        Assert.Contains("Example:", (await Run(["study", "approve", "--help"])).Out, StringComparison.Ordinal);
        var json = await Run(["status", "--json"]);
        Assert.Equal("not-initialised", JsonDocument.Parse(json.Error).RootElement.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("stdy")]
    [InlineData("join")]
    [InlineData("adapt", "heart", "-o", "x", "--shots", "-1")]
    public async Task A_wrong_command_line_says_what_hint_and_code_and_with_json_one_object(params string[] args)
    {
        Failed(await Run(args), ExitCode.Usage, "hint: ");
        var (code, output, error) = await Run([.. args, "--json"]);
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Empty(output);
        Assert.Equal("usage", JsonDocument.Parse(error).RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_certificate_outside_its_time_is_not_called_a_wrong_server()
    {
        await Join();
        var late = new SetTime(() => TimeProvider.System.GetUtcNow().AddDays(60));
        Failed(await Run(["study", "list"], late), ExitCode.NotEnrolled, "clock");
    }

    [Fact]
    public async Task The_configuration_may_hold_a_proxys_password_and_is_the_owners_alone()
    {
        await Join();
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(ClientHome.At(Home).ConfigurationFile));
    }

    [Fact]
    public async Task What_leaving_left_can_be_purged_afterwards()
    {
        await Join();
        Assert.Equal(0, (await Run(["leave"])).Code);
        File.WriteAllText(Path.Combine(Home, "client.toml.0123456789ab.new"), "cut off by a crash");
        Assert.Equal(0, (await Run(["leave", "--purge"])).Code);
        Assert.False(Directory.Exists(Home));
        Failed(await Run(["leave", "--purge"]), ExitCode.NotInitialised, "nothing to leave");
    }
}

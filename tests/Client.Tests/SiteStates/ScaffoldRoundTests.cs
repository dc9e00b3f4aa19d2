using FedMeta.Client.Agent;
using FedMeta.Client.Ledger;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Learning;

namespace FedMeta.Client.Tests.SiteStates;

/// <summary>Whatever a hospital misses, the shared control variate stays the mean of what the hospitals keep.</summary>
public sealed class ScaffoldRoundTests : IDisposable
{
    // Model, keys, shares, input, signature, unmask.
    private const int CallsOfARound = 6;

    private readonly ScaffoldFederation _federation = new();

    public void Dispose() => _federation.Dispose();

    public static TheoryData<int, bool> Deaths()
    {
        var deaths = new TheoryData<int, bool>();
        for (var at = 1; at <= CallsOfARound; at++)
        {
            deaths.Add(at, false);
            deaths.Add(at, true);
        }

        return deaths;
    }

    [Fact]
    public async Task Rounds_that_a_hospital_misses_and_attempts_that_fail_leave_the_mean_a_mean()
    {
        var (rounds, last) = (_federation.Rounds, _federation.Rounds.Hospitals[5]);
        Assert.Equal(6, (await _federation.PlayAsync(1))!.Included.Count);
        _federation.ControlIsTheMean();

        // Away from its first message on.
        rounds.Dead.Add(last);
        Assert.Equal(5, (await _federation.PlayAsync(2))!.Included.Count);
        _federation.ControlIsTheMean();
        rounds.Dead.Clear();
        Assert.Equal(6, (await _federation.PlayAsync(3))!.Included.Count);
        _federation.ControlIsTheMean();

        // A sum that was opened and rolled back: everybody was in it, and it counts for nobody.
        Assert.Equal(6, (await _federation.PlayAsync(4, counts: false))!.Included.Count);
        _federation.ControlIsTheMean();
        Assert.Equal(6, (await _federation.PlayAsync(4, attempt: 2))!.Included.Count);
        _federation.ControlIsTheMean();
        Assert.All(
            rounds.Hospitals, each => Assert.InRange(FlatVector.Norm<double>(_federation.Own(each).Vector), 0.05, 9));
        Assert.All(rounds.Hospitals, each => Assert.DoesNotContain(FactTypes.StateLost, each.Facts));
    }

    /// <summary>The process dies in each call to the server of the second round, before or after the call arrives, and
    /// starts again from its disk. After the upload it has no receipt and hears of no end: the server's word at the
    /// next start says whether its input was in.</summary>
    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_death_in_any_call_leaves_the_mean_a_mean(int at, bool afterDelivery)
    {
        var (rounds, hospital) = (_federation.Rounds, _federation.Rounds.Hospitals[0]);
        await _federation.PlayAsync(1);
        hospital.Server.DiesInCall = hospital.Server.Calls + at;
        hospital.Server.DiesAfterDelivery = afterDelivery;
        var second = await _federation.PlayAsync(2);
        Assert.Contains(hospital, rounds.Dead);
        Assert.Equal(at > 4 || (at == 4 && afterDelivery), second!.Included.Contains(hospital.Id));
        _federation.ControlIsTheMean();

        hospital.Restart();
        rounds.Dead.Clear();
        _federation.ControlIsTheMean();
        Assert.Equal(6, (await _federation.PlayAsync(3))!.Included.Count);
        _federation.ControlIsTheMean();
        Assert.DoesNotContain(FactTypes.StateLost, hospital.Facts);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("damaged")]
    [InlineData("old")]
    public async Task A_vector_that_is_lost_starts_again_from_zero_and_says_so_here_alone(string how)
    {
        var (rounds, hospital) = (_federation.Rounds, _federation.Rounds.Hospitals[0]);
        await _federation.PlayAsync(1);
        var file = Assert.Single(Directory.GetFiles(hospital.StatesPath));
        var old = File.ReadAllBytes(file);
        await _federation.PlayAsync(2);
        await _federation.PlayAsync(3);
        switch (how)
        {
            case "missing":
                File.Delete(file);
                break;
            case "damaged":
                var bytes = File.ReadAllBytes(file);
                bytes[70] ^= 1;
                File.WriteAllBytes(file, bytes);
                break;
            default:
                File.WriteAllBytes(file, old); // from a backup
                break;
        }

        Assert.Equal(6, (await _federation.PlayAsync(4))!.Included.Count);
        var fact = hospital.Journal.Records().Single(each => each.Type == FactTypes.StateLost)
            .Read(FactShapes.Default.SiteStateLost);
        Assert.Equal((rounds.Study.Hash, 4u, 1u), (fact.Study, fact.Round, fact.Attempt));
        Assert.Contains(how switch
        {
            "missing" => "its file is missing",
            "damaged" => "it is damaged",
            _ => "not of round 3, attempt 1",
        }, fact.Reason, StringComparison.Ordinal);
        Assert.Contains(hospital.Events, each => each.Kind == AgentEventKind.Phase
            && each.Text.Contains("starts again from zero", StringComparison.Ordinal));
        Assert.Null(JournalAudit.Run(hospital.Journal.Records()).Problem);
        Assert.All(rounds.Hospitals.Skip(1), each => Assert.DoesNotContain(FactTypes.StateLost, each.Facts));

        // Once: the next round goes on from what this one made.
        await _federation.PlayAsync(5);
        Assert.Single(hospital.Facts, type => type == FactTypes.StateLost);
    }

    [Fact]
    public async Task The_vector_stands_in_one_file_of_its_owner_and_nowhere_else_and_goes_with_the_study()
    {
        var hospital = _federation.Rounds.Hospitals[0];
        await _federation.PlayAsync(1);
        await _federation.PlayAsync(2);
        var file = Assert.Single(Directory.GetFiles(hospital.StatesPath));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var own = _federation.Own(hospital);
        Assert.Equal("(secret)", own.ToString());
        foreach (var number in own.Vector)
        {
            Assert.True(Holds(File.ReadAllBytes(file), number));
            Assert.All(hospital.Server.Wire, message => Assert.False(Holds(message, number)));
            var text = number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)[..8];
            Assert.DoesNotContain(text, hospital.JournalText, StringComparison.Ordinal);
            Assert.All(hospital.Events, each => Assert.DoesNotContain(text, each.Text, StringComparison.Ordinal));
        }

        File.WriteAllText($"{file}.0123456789ab.new", "what a crash left");
        await _federation.Rounds.EndStudyAsync();
        Assert.Empty(Directory.GetFiles(hospital.StatesPath));
    }

    [Fact]
    public async Task A_study_of_another_algorithm_keeps_nothing()
    {
        using var federation = new TestFederation();
        federation.ApproveAll();
        await federation.RunAsync(1);
        Assert.False(Directory.Exists(federation.Hospitals[0].StatesPath));
    }

    private static bool Holds(byte[] bytes, double number) =>
        bytes.AsSpan().IndexOf(BitConverter.GetBytes(number)) >= 0;
}

using FedMeta.Client.Adaptation;
using FedMeta.Client.Homes;
using FedMeta.Client.Ledger;
using FedMeta.Client.Models;
using FedMeta.Client.SiteStates;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;
using FedMeta.Server.Models;
using FedMeta.Simulation.Tests.InProcess;
using FedMeta.Tests.Support;

namespace FedMeta.Simulation.Tests.Scaffold;

public sealed class ScaffoldStudyTests
{
    private const int Hospitals = 6, Tasks = 12;

    // Much epsilon, so that the noise in the shared control variate is small beside what the hospitals put there.
    private static readonly string Draft = SmallStudy.Draft(Tasks, rounds: 6, "15s")
        .Replace("algorithm = \"maml\"", "algorithm = \"scaffold\"\ninner_steps = 5\ninner_rate = 0.2\n"
            + "outer = \"sgd\"\nouter_rate = 1.0", StringComparison.Ordinal)
        .Replace("unit = \"patient\"", "unit = \"site\"", StringComparison.Ordinal)
        .Replace("epsilon = 3.0", "epsilon = 280.0", StringComparison.Ordinal)
        .Replace("clip = 0.5", "clip = 0.2", StringComparison.Ordinal);

    /// <summary>The programs themselves: one hospital comes late, and its agent is stopped wherever it stands and
    /// started again; the shared control variate stays the mean of what the hospitals' disks hold.</summary>
    [Fact]
    public async Task Real_agents_keep_control_variates_whose_mean_is_the_server_s()
    {
        await using var consortium = new InProcessConsortium();
        await consortium.StartAsync(Hospitals);
        foreach (var home in consortium.Homes)
        {
            File.WriteAllText(home.PolicyFile,
                "max_epsilon_total = 1000.0\nmax_epsilon_per_study = 1000.0\nleast_own_noise = 0.0\n");
        }

        await consortium.ProposeAsync(Draft, away: 1);
        await consortium.UntilAsync(state => state.Studies.Values.Single().CompletedRounds >= 1);
        Assert.Null(consortium.Study.LastCountedWith(Id(consortium, Hospitals - 1)));
        consortium.StartAgent(Hospitals - 1);
        await consortium.UntilAsync(state => state.Studies.Values.Single().CompletedRounds >= 2);
        await consortium.StopAgentAsync(Hospitals - 1);
        consortium.StartAgent(Hospitals - 1);
        await consortium.UntilAsync(state => state.Studies.Values.Single().CompletedRounds >= 4
            && state.Studies.Values.Single().LastCountedWith(Id(consortium, Hospitals - 1)) is not null);
        await consortium.StopAgentsAsync();

        var entry = consortium.Study;
        var plan = consortium.Plan;
        var (verified, problems) = StudyVerification.Read(plan.Document);
        Assert.Empty(problems);
        var bytes = new ModelStore(consortium.Coordinator.Models).Model(entry.LastCompleted!.Model);
        var model = ModelFileReader.Read(new MemoryStream(bytes)).Model!;
        var mean = new double[model.Theta.Length];
        for (var i = 0; i < Hospitals; i++)
        {
            var home = consortium.Homes[i];
            var counted = entry.LastCountedWith(Id(consortium, i))!;
            using var own = new SiteStateFolder(home.SiteStatesFolder)
                .Enter(verified!, ((uint)counted.Round, (uint)counted.Attempt))!;
            Assert.Null(own.Lost);
            Assert.True(FlatVector.Norm<double>(own.Vector) > 0.05);
            FlatVector.AddScaled<double>(mean, 1.0 / Hospitals, own.Vector);
            Assert.DoesNotContain(FactTypes.StateLost, Facts(home));
        }

        // Of each coordinate: what the noise of all inputs since the start has left there.
        var inputs = entry.Rounds.Sum(round => round.Outcome is Server.State.RoundOutcome.Completed completed
            ? completed.Included.Count
            : 0);
        var deviation = Math.Sqrt(inputs * (double)plan.Mechanism.LocalVariance) / plan.Mechanism.Scale / Hospitals;
        var difference = new double[mean.Length];
        FlatVector.Subtract<double>([.. model.Control], mean, difference);
        var bound = 6 * deviation; // of a normal vector of three coordinates: once in ten million
        Assert.InRange(FlatVector.Norm<double>(difference), 0, bound);
        Assert.True(FlatVector.Norm<double>(mean) > 2 * bound, $"{FlatVector.Norm<double>(mean)} and {bound}");

        // What a hospital adapts is theta, and its own file has nothing of the control variate.
        var study = StudyModel.Read(bytes, verified!)!;
        var data = new Client.Data.SiteFile(
            Client.Configuration.ClientSettings.Read(consortium.Homes[0].ConfigurationFile).Data, Id(consortium, 0))
            .Read(verified!, 10, out _)!;
        var adapted = HospitalAdaptation.Adapt(verified!, study, data.Train, null);
        Assert.Empty(HospitalAdaptation.ToFile(verified!, study, new string('a', 64), adapted).Control);
    }

    private static string Id(InProcessConsortium consortium, int hospital) =>
        Client.Configuration.ClientSettings.Read(consortium.Homes[hospital].ConfigurationFile).ClientId;

    private static IEnumerable<string> Facts(ClientHome home)
    {
        var lines = Directory.GetFiles(home.JournalFolder, "*.jsonl").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadAllBytes).ToArray();
        var records = new List<JournalRecord>();
        Assert.True(JournalFile.Verify(new MemoryStream(lines), records.Add).IsIntact);
        return records.Select(record => record.Type);
    }
}

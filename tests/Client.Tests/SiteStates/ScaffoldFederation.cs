using System.Security.Cryptography;
using FedMeta.Client.SiteStates;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Client.Tests.Training;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.SecureAgg;

namespace FedMeta.Client.Tests.SiteStates;

/// <summary>
/// Hospitals that keep a control variate, and a coordinator that makes models of their sums. The noise is drawn twice
/// with the same numbers, so that what it adds to the shared control variate is known and can be taken out again.
/// </summary>
internal sealed class ScaffoldFederation : IDisposable
{
    private readonly Dictionary<string, string> _noise = [];
    private readonly IMetaAlgorithm<double> _algorithm;
    private readonly IServerOptimizer _optimizer;
    private double[] _noiseInControl;
    private int _inputs;

    public ScaffoldFederation()
    {
        Rounds = new TestFederation(TestStudy.Scaffold, hospitals: 6);
        Rounds.ApproveAll();
        foreach (var hospital in Rounds.Hospitals) hospital.Draw = (plan, _, stop) => Draw(hospital.Id, plan, stop);
        _algorithm = Rounds.Study.CreateAlgorithm();
        var length = ServerStep.OptimizedLength(_algorithm);
        _optimizer = ServerOptimizer.Create(new ServerOptimizerSettings("adam", 0.1), length);
        State = _algorithm.InitialState(Rounds.Study.Model.Initial(1));
        _noiseInControl = new double[Sites.OwnLength];
    }

    public TestFederation Rounds { get; }

    /// <summary>Theta and the shared control variate.</summary>
    public double[] State { get; }

    public ISiteState<double> Sites => (ISiteState<double>)_algorithm;

    /// <summary>Plays an attempt; where it gives a sum that <paramref name="counts"/>, the next model is made of
    /// it.</summary>
    public async Task<ServerCompleted?> PlayAsync(uint round, uint attempt = 1, bool counts = true)
    {
        var completed = await Rounds.PlayAsync(round, attempt) as ServerCompleted;
        if (completed is not null && counts) Adopt(completed, round, attempt);
        await Rounds.EndAsync(round, attempt, completed is not null && counts);
        return completed;
    }

    /// <summary>The vector with which a hospital would enter the next attempt.</summary>
    public OwnVector Own(TestHospital hospital) => new SiteStateFolder(hospital.StatesPath)
        .Enter(Rounds.Study, Rounds.Counted.GetValueOrDefault(hospital.Id))!;

    /// <summary>Asserts that the shared control variate, without the known noise, is the mean of the hospitals' own as
    /// closely as rounding to integers lets it.</summary>
    public void ControlIsTheMean()
    {
        var plan = Rounds.Study.Mechanism;

        // Every input is off by less than one unit in each coordinate.
        var rounding = _inputs * Math.Sqrt(plan.PaddedDimension) / plan.Scale / Rounds.Hospitals.Count;
        var difference = State[^Sites.OwnLength..];
        FlatVector.AddScaled<double>(difference, -1, _noiseInControl);
        foreach (var hospital in Rounds.Hospitals)
            FlatVector.AddScaled<double>(difference, -1.0 / Rounds.Hospitals.Count, Own(hospital).Vector);
        Assert.InRange(rounding, 0, 1e-3);
        Assert.InRange(FlatVector.Norm<double>(difference), 0, rounding);
    }

    public void Dispose() => Rounds.Dispose();

    private NoiseShare Draw(string hospital, MechanismPlan plan, CancellationToken stop)
    {
        _noise[hospital] = $"{hospital} {Guid.NewGuid()}";
        return NoiseShare.Draw(plan, new FixedRandom(_noise[hospital]), stop);
    }

    private void Adopt(ServerCompleted completed, uint round, uint attempt)
    {
        var (plan, members) = (Rounds.Study.Mechanism, Rounds.Hospitals.Count);
        var decoder = new AggregateDecoder(plan, Rounds.Rotation);
        double tasks = Rounds.Document.Terms.Meta.Tasks;
        var mean = decoder.Decode(completed.Sum[0].ToResidues()).Sum;
        FlatVector.Scale<double>(mean, 1 / tasks);
        ServerStep.Apply(_algorithm, _optimizer, State, mean, tasks / members);
        foreach (var id in completed.Included)
        {
            FlatVector.AddScaled<double>(
                _noiseInControl, 1.0 / members, decoder.Decode(Noise(id)).Sum.AsSpan(^Sites.OwnLength..));
            Rounds.Counted[id] = (round, attempt);
            _inputs++;
        }

        var d = Rounds.Study.Model.ParameterCount;
        var model = TestStudy.Model(
            Rounds.Document.Terms, State[..d], Rounds.Study.Hash, State[d..], $"{round}.{attempt}");
        Rounds.ModelHash = Sha256Digest.Of(model);
        Rounds.Models[Rounds.ModelHash] = model;
    }

    private ulong[] Noise(string hospital)
    {
        var plan = Rounds.Study.Mechanism;
        using var random = RandomNumberGenerator.Create();
        using var encoder = new ContributionEncoder(
            plan, Rounds.Rotation, NoiseShare.Draw(plan, new FixedRandom(_noise[hospital])), random);
        encoder.Add(new double[plan.Request.Dimension]);
        return encoder.Finish();
    }
}

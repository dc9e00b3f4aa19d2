using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.SecureAgg;
using FedMeta.Server.Models;
using FedMeta.Simulation.Bench;
using FedMeta.Simulation.Check;
using FedMeta.Simulation.Rounds;

namespace FedMeta.Simulation.Reproduce.PatientPrivacy;

/// <summary>
/// One study in this process, by the shipped code of both sides: the client's training, clipping, rounding and noise,
/// secure aggregation with real keys, the coordinator's decoding and its plain step. Noise comes from a source that the
/// seed decides, so that a table can be made again; nothing else differs from a federation.
/// </summary>
internal sealed class PrivateStudy : IDisposable
{
    private const string Label = "heart-privacy";

    private readonly PrivateForm _form;
    private readonly IReadOnlyList<Site> _sites;
    private readonly TaskShape _shape;
    private readonly IMetaAlgorithm<float> _algorithm;
    private readonly LocalUpdate _local;
    private readonly BenchMembers _members;
    private readonly RepeatableRandom _random;
    private readonly DateTimeOffset _now;
    private readonly ulong _seed;

    /// <param name="spec">The model.</param>
    /// <param name="sites">The hospitals.</param>
    /// <param name="form">What is protected.</param>
    /// <param name="seed">Of tasks, rounding and noise.</param>
    /// <param name="now">The time that the protocol sees.</param>
    public PrivateStudy(ModelSpec spec, IReadOnlyList<Site> sites, PrivateForm form, ulong seed, DateTimeOffset now)
    {
        (_form, _sites, _seed, _now) = (form, sites, seed, now);
        _shape = TaskShape.Of(form.Algorithm.Name, form.Unit, form.Shots);
        _algorithm = MetaAlgorithms.Create<float>(form.Algorithm, spec);
        _local = new LocalUpdate(ManagedEngine.Instance.Build<float>(spec), _algorithm, _shape);
        _members = new BenchMembers(sites.Count);
        _random = new RepeatableRandom(string.Create(CultureInfo.InvariantCulture, $"{Label} {form.Name} {seed}"));
        Vectors = [.. sites.Select(s => _shape.Kind switch
        {
            ContributionKind.PatientGradient => s.Train.Count,
            ContributionKind.TaskGradient => TaskPartition.Count(s.Train.Count, form.Shots, form.Shots),
            _ => 1,
        })];
    }

    /// <summary>How many vectors each hospital adds in a round. Their sum divides the released sum and is taken for
    /// public, as a study's number of tasks is.</summary>
    public IReadOnlyList<int> Vectors { get; }

    /// <summary>Length of a vector.</summary>
    public int Dimension => _algorithm.UploadLength;

    /// <summary>Trains from the model's initial parameters.</summary>
    /// <param name="rounds">Rounds.</param>
    /// <param name="plan">The mechanism; null clips and adds no noise.</param>
    public double[] Train(int rounds, MechanismPlan? plan)
    {
        var state = new double[Dimension];
        var server = ServerOptimizer.Create(new ServerOptimizerSettings("sgd", _form.ServerRate), state.Length);
        for (var round = 1; round <= rounds; round++)
            server.Step(state, plan is null ? Clipped(state, round) : Released(plan, state, round));
        return state;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _members.Dispose();
        _random.Dispose();
    }

    private double[] Clipped(double[] state, int round)
    {
        var mean = new double[state.Length];
        for (var i = 0; i < _sites.Count; i++)
        {
            _local.Compute(state, _sites[i].Train, TaskSeedOf(i, round), Vectors[i], vector =>
            {
                FlatVector.Clip<double>(vector, _form.Clip);
                FlatVector.AddScaled(mean, 1.0 / Vectors.Sum(), vector);
            }, CancellationToken.None);
        }

        return mean;
    }

    private double[] Released(MechanismPlan plan, double[] state, int round)
    {
        var rotation = new byte[RandomizedHadamard.SeedSize];
        _random.GetBytes(rotation);
        var context = Context(plan, state, rotation, round);
        var sum = PlayedSum.Play(context, _members.Ids, id => _members.IdentityOf(_members.Places[id]), id =>
        {
            var place = _members.Places[id];
            using var noise = NoiseShare.Draw(plan, _random);
            var contribution = ContributionBuilder.Build(_local, plan, state, _sites[place].Train, rotation,
                TaskSeedOf(place, round), noise, _random, CancellationToken.None);
            return RingVector.From(contribution.Residues, plan.Request.RingBits);
        }, _random, _now).Sum[0];
        var mean = ReleasedMean.Of(plan, sum.ToResidues(), _sites.Count, Vectors.Sum(), rotation);
        return mean.IsExplained
            ? mean.Values
            : throw new InvalidOperationException("the sum of honest hospitals is longer than they can make it");
    }

    private ulong TaskSeedOf(int place, int round) =>
        TaskSeed.Of($"{Label} {_seed}", _members.Ids[place], _form.Unit, (uint)round, 1);

    private RoundContext Context(MechanismPlan plan, double[] state, byte[] rotation, int round) => new()
    {
        Study = Label,
        Id = new RoundId(round, 1),
        PlanHash = SHA256.HashData(Encoding.UTF8.GetBytes(plan.Terms)),
        ModelHash = SHA256.HashData(MemoryMarshal.AsBytes(state.AsSpan())),
        Parameters = new AggregationParameters(
            [new VectorShape("update", plan.PaddedDimension, plan.Request.RingBits)], _sites.Count,
            plan.Request.Threshold, plan.Request.Colluders, MinHonestInputs: 2),
        NoiseTerms = plan.RoundTerms(rotation),
        Expiry = _now.AddDays(1),
        Members = _members.PublicKeys,
    };
}

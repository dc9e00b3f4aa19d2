using System.Security.Cryptography;
using FedMeta.Protocol;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>One whole round in this process: the real states of both sides, with the messages handed over as
/// objects.</summary>
internal sealed class BenchRound
{
    private const int ChunkLength = 1 << 18;
    private readonly SecAggBenchPlan _plan;
    private readonly BenchMembers _members;
    private readonly BenchInputs _inputs;
    private readonly BenchSchedule _schedule;
    private readonly RoundContext _context;
    private readonly ClientState?[] _states;
    private readonly long[] _bytesUp;
    private readonly PhaseCosts _costs;
    private readonly Lock _serverLock = new();
    private ServerState _server;

    public BenchRound(SecAggBenchPlan plan, BenchMembers members, BenchInputs inputs, BenchSchedule schedule)
    {
        (_plan, _members, _inputs, _schedule) = (plan, members, inputs, schedule);
        var clients = members.Ids.Count;
        (_states, _bytesUp, _costs) = (new ClientState?[clients], new long[clients], new PhaseCosts(clients));
        _context = new RoundContext
        {
            Study = "bench",
            Id = new RoundId(0, 0),
            PlanHash = SHA256.HashData("plan"u8),
            ModelHash = SHA256.HashData("model"u8),
            Parameters = plan.Parameters,
            NoiseTerms = "none",
            Expiry = schedule.Time.GetUtcNow().AddDays(1),
            Members = members.PublicKeys,
        };
        _server = ServerAdvertiseKeys.Start(_context, schedule.ServerThreads);
    }

    /// <summary>Plays it and holds the sum against the inputs.</summary>
    /// <exception cref="FedMetaException">The sum is not that of the inputs, or there is none.</exception>
    public RoundFigures Play()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = _schedule.Time.GetTimestamp();
        IReadOnlyDictionary<string, ServerMessage> announced =
            _members.Ids.ToDictionary(id => id, ServerMessage? (_) => null)!;
        foreach (var phase in PhaseCosts.Phases.SkipLast(1))
        {
            AnswerAll(phase, announced);
            announced = Close(phase, () => _schedule.Seconds);
        }

        AnswerAll(AggregationPhase.Unmask, announced);
        announced = new Dictionary<string, ServerMessage>();
        foreach (var state in _states) state?.Dispose();
        Array.Clear(_states);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        var unmasking = _schedule.Time.GetTimestamp();
        Close(AggregationPhase.Unmask, () => _schedule.SecondsOfUnmasking);
        var end = _schedule.Time.GetTimestamp();
        return new RoundFigures(
            _costs, CheckedSurvivors(), _bytesUp, Seconds(start, end), Seconds(unmasking, end), held);
    }

    private void AnswerAll(AggregationPhase phase, IReadOnlyDictionary<string, ServerMessage> announced)
    {
        var answered = 0;
        var dropping = phase == AggregationPhase.CollectMaskedInput;
        var answering = announced.Where(each => !dropping || !Drops(_members.Places[each.Key]));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _schedule.ClientsAtATime };
        Parallel.ForEach(answering, parallel, each =>
        {
            Answer(phase, _members.Places[each.Key], each.Value);
            _schedule.Progress(phase, Interlocked.Increment(ref answered), announced.Count);
        });
    }

    private void Answer(AggregationPhase phase, int client, ServerMessage? message)
    {
        var before = _schedule.Seconds;
        var (state, outgoing, refusal) = phase == AggregationPhase.AdvertiseKeys
            ? ClientAdvertiseKeys.Start(
                _context, _members.Ids[client], _members.IdentityOf(client), _inputs.Of(client), _schedule.Random, null,
                _schedule.Time.GetUtcNow(), _schedule.ClientThreads)
            : _states[client]!.Receive(message!, _schedule.Time.GetUtcNow());
        _costs.AddClient(phase, client, _schedule.Seconds - before);
        if (outgoing is null) throw Broken($"client {client} refused in {phase}: {refusal}");
        _states[client] = state;
        _bytesUp[client] += MessageSize.Of(outgoing);
        if (outgoing is MaskedInputMessage input)
        {
            foreach (var chunk in input.Chunks(0, ChunkLength)) Deliver(phase, client, chunk);
        }
        else
        {
            Deliver(phase, client, outgoing);
        }
    }

    private void Deliver(AggregationPhase phase, int client, ClientMessage message)
    {
        lock (_serverLock)
        {
            var before = _schedule.Seconds;
            var refused = _server.Receive(_members.Ids[client], message);
            _costs.AddServer(phase, _schedule.Seconds - before);
            if (refused is { } why) throw Broken($"the server refused client {client} in {phase}: {why}");
        }
    }

    private IReadOnlyDictionary<string, ServerMessage> Close(AggregationPhase phase, Func<double> clock)
    {
        var before = clock();
        (_server, var announced) = _server.Close();
        _costs.AddServer(phase, clock() - before);
        if (_server is ServerAborted aborted) throw Broken($"the round ended in {phase}: {aborted.Reason}");
        return announced;
    }

    private List<int> CheckedSurvivors()
    {
        var completed = (ServerCompleted)_server;
        var survivors = completed.Included.Select(id => _members.Places[id]).ToList();
        var expected = Enumerable.Range(0, _members.Ids.Count).Where(client => !Drops(client));
        if (!survivors.SequenceEqual(expected)) throw Broken("the sum includes others than those who stayed");
        if (!_inputs.IsSumOf(survivors, completed.Sum[0])) throw Broken("the sum is not that of the inputs");
        return survivors;
    }

    // Spread evenly over the ids, exactly as many as the plan says.
    private bool Drops(int client)
    {
        var clients = _members.Ids.Count;
        return (client + 1L) * _plan.Dropped / clients > (long)client * _plan.Dropped / clients;
    }

    private double Seconds(long from, long to) => _schedule.Time.GetElapsedTime(from, to).TotalSeconds;

    private static FedMetaException Broken(string what) =>
        new(ExitCode.AuditFailed, what, "this is a defect of the program: report it with the options");
}

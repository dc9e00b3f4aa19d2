using System.Security.Cryptography;
using FedMeta.SecureAgg;

namespace FedMeta.Server.Preflight;

/// <summary>A whole round of secure aggregation in memory, timed on either side.</summary>
internal sealed class TrialRound : IDisposable
{
    private readonly int _ringBits;
    private readonly TimeProvider _time;
    private readonly SortedDictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private TimeSpan _client, _server;

    /// <summary>Makes the members.</summary>
    public TrialRound(int clients, int ringBits, TimeProvider time)
    {
        (_ringBits, _time) = (ringBits, time);
        for (var i = 0; i < clients; i++)
            _keys.Add($"trial-{i}", ECDsa.Create(ECCurve.NamedCurves.nistP256));
    }

    /// <summary>Seconds of all clients together, and of the server, for one round.</summary>
    public (double Client, double Server) Play(int length)
    {
        (_client, _server) = (TimeSpan.Zero, TimeSpan.Zero);
        var context = Context(length);
        var states = new Dictionary<string, ClientState>();
        ServerState server = Server(() => ServerAdvertiseKeys.Start(context));
        foreach (var (id, key) in _keys)
        {
            var input = new RingVector(length, _ringBits);
            Answer(id, Client(() =>
                ClientAdvertiseKeys.Start(context, id, key, [input], _random, null, _time.GetUtcNow())));
        }

        while (server.Phase != AggregationPhase.Ended)
        {
            var closed = Server(server.Close);
            server = closed.State;
            foreach (var (id, message) in closed.Outgoing)
                Answer(id, Client(() => states[id].Receive(message, _time.GetUtcNow())));
        }

        if (server is not ServerCompleted)
            throw new InvalidOperationException("a trial round did not complete");
        return (_client.TotalSeconds, _server.TotalSeconds);

        void Answer(string id, ClientTransition transition)
        {
            states[id] = transition.State;
            if (transition.Outgoing is { } message && Server(() => server.Receive(id, message)) is { } refusal)
                throw new InvalidOperationException($"a trial round was refused: {refusal}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _keys.Values)
            key.Dispose();
        _random.Dispose();
    }

    private RoundContext Context(int length) => new()
    {
        Study = "trial",
        Id = new RoundId(1, 1),
        PlanHash = new byte[RoundContext.HashLength],
        ModelHash = new byte[RoundContext.HashLength],
        Parameters = new AggregationParameters([new VectorShape("update", length, _ringBits)], _keys.Count, 4, 1),
        NoiseTerms = "",
        Expiry = _time.GetUtcNow().AddHours(1),
        Members = _keys.ToDictionary(k => k.Key, k => k.Value.ExportSubjectPublicKeyInfo()),
    };

    private T Client<T>(Func<T> work)
    {
        var start = _time.GetTimestamp();
        var result = work();
        _client += _time.GetElapsedTime(start);
        return result;
    }

    private T Server<T>(Func<T> work)
    {
        var start = _time.GetTimestamp();
        var result = work();
        _server += _time.GetElapsedTime(start);
        return result;
    }
}

using System.Security.Cryptography;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Rounds;

/// <summary>One sum of secure aggregation in this process: the states of both sides; only the messages are handed over
/// as objects.</summary>
internal static class PlayedSum
{
    /// <summary>Plays all phases.</summary>
    /// <param name="context">What all agree on.</param>
    /// <param name="clients">Who takes part.</param>
    /// <param name="identity">A client's key.</param>
    /// <param name="input">A client's vector; not asked of those that vanish.</param>
    /// <param name="random">For keys and shares.</param>
    /// <param name="now">The time that the protocol sees.</param>
    /// <param name="vanishing">Clients that share their keys and never deliver; none by default.</param>
    /// <exception cref="InvalidOperationException">A message was refused, or the sum was not opened.</exception>
    public static ServerCompleted Play(
        RoundContext context,
        IReadOnlyList<string> clients,
        Func<string, ECDsa> identity,
        Func<string, RingVector> input,
        RandomNumberGenerator random,
        DateTimeOffset now,
        IReadOnlySet<string>? vanishing = null)
    {
        var server = ServerAdvertiseKeys.Start(context) as ServerState;
        var states = new Dictionary<string, ClientState>(StringComparer.Ordinal);
        try
        {
            IReadOnlyDictionary<string, ServerMessage?> announced =
                clients.ToDictionary(id => id, ServerMessage? (_) => null);
            while (server is not (ServerCompleted or ServerAborted))
            {
                foreach (var (id, message) in announced)
                {
                    var vanishes = vanishing?.Contains(id) == true;
                    if (vanishes && server.Phase == AggregationPhase.CollectMaskedInput) continue;
                    var (state, outgoing, refusal) = message is null
                        ? ClientAdvertiseKeys.Start(context, id, identity(id),
                            [vanishes ? Nothing(context) : input(id)], random, null, now)
                        : states[id].Receive(message, now);
                    states[id] = state;
                    if (outgoing is null || server.Receive(id, outgoing) is not null)
                        throw new InvalidOperationException(
                            $"{id} refused or was refused in {server.Phase}: {refusal}");
                }

                (server, var next) = server.Close();
                announced = next.ToDictionary(each => each.Key, ServerMessage? (each) => each.Value);
            }
        }
        finally
        {
            foreach (var state in states.Values) state.Dispose();
        }

        return server as ServerCompleted
            ?? throw new InvalidOperationException($"no sum: {((ServerAborted)server).Reason}");
    }

    private static RingVector Nothing(RoundContext context) =>
        new(context.Parameters.Vectors[0].Length, context.Parameters.Vectors[0].RingBits);
}

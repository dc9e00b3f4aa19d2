using System.Security.Cryptography;

namespace FedMeta.SecureAgg.Tests;

/// <summary>The product's own client.</summary>
internal sealed class HonestClient(
    RoundContext context, string id, uint[] input, RandomNumberGenerator random, RoundId? lastUsed = null)
    : ClientActor(id)
{
    /// <summary>Where it stands.</summary>
    public ClientState? State { get; private set; }

    public override ClientMessage? Start() => Take(ClientAdvertiseKeys.Start(
        context,
        Id,
        Consortium.IdentityOf(Id),
        PlainVector.Of(context, input),
        random,
        lastUsed,
        Consortium.Now));

    public override ClientMessage? Receive(ServerMessage message) => Take(State!.Receive(message, Consortium.Now));

    private ClientMessage? Take(ClientTransition transition)
    {
        (State, Refusal) = (transition.State, transition.Refusal);
        return transition.Outgoing;
    }
}

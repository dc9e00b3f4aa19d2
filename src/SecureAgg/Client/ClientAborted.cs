using System.Diagnostics;

namespace FedMeta.SecureAgg;

/// <summary>The client refused; its secrets are erased and it answers nothing more in this round.</summary>
public sealed class ClientAborted : ClientState
{
    internal ClientAborted(ClientRefusal reason) => Reason = reason;

    /// <summary>Why.</summary>
    public ClientRefusal Reason { get; }

    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.Ended;

    private protected override DateTimeOffset Expiry => DateTimeOffset.MaxValue;

    private protected override ClientTransition Answer(ServerMessage message) => throw new UnreachableException();

    private protected override void Erase()
    {
    }
}

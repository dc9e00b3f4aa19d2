using System.Diagnostics;

namespace FedMeta.SecureAgg;

/// <summary>The client gave its one unmask answer; its secrets are erased.</summary>
public sealed class ClientCompleted : ClientState
{
    internal ClientCompleted(AggregationReceipt receipt) => Receipt = receipt;

    /// <summary>Whose inputs are in the sum, signed by at least the threshold of them.</summary>
    public AggregationReceipt Receipt { get; }

    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.Ended;

    private protected override DateTimeOffset Expiry => DateTimeOffset.MaxValue;

    private protected override ClientTransition Answer(ServerMessage message) => throw new UnreachableException();

    private protected override void Erase()
    {
    }
}

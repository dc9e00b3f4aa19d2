using FedMeta.Client.Budget;
using FedMeta.Client.Studies;
using FedMeta.SecureAgg;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Agent;

/// <summary>One attempt at a round that this process holds. Its secrets live here and nowhere else.</summary>
internal sealed class RoundSession(ApprovedStudy approved, V1.RoundId round, RoundCost cost, V1.RoundStart start)
    : IDisposable
{
    private RingVector? _input;
    private ClientState? _state;

    /// <summary>The study and the limits that held when the round began.</summary>
    public ApprovedStudy Approved => approved;

    /// <summary>The study.</summary>
    public VerifiedStudy Study => approved.Study;

    /// <summary>The round as it travels.</summary>
    public V1.RoundId Round => round;

    /// <summary>When the round is void.</summary>
    public DateTimeOffset Expiry => DateTimeOffset.FromUnixTimeSeconds(start.Expiry);

    /// <summary>The server's announcement, checked for form.</summary>
    public V1.RoundStart Start => start;

    /// <summary>What the attempt costs.</summary>
    public RoundCost Cost => cost;

    /// <summary>Whether the spend is on record, so that nothing can be released any more.</summary>
    public bool IsSpent { get; set; }

    /// <summary>Whose inputs are in the sum, by the signatures that were checked here; null before.</summary>
    public AggregationReceipt? Receipt { get; private set; }

    /// <summary>What the state machine wants to send next; null where nothing waits.</summary>
    public ClientMessage? Outgoing { get; set; }

    /// <summary>The state machine; null before phase 0.</summary>
    public ClientState? State
    {
        get => _state;
        set
        {
            _state = value;
            if (value is ClientCompleted completed) Receipt = completed.Receipt;
        }
    }

    /// <summary>Keeps the finished input until it is masked; the session zeroes it.</summary>
    public RingVector Keep(RingVector input) => _input = input;

    /// <inheritdoc/>
    public void Dispose()
    {
        _state?.Dispose();
        _input?.Erase();
    }
}

namespace FedMeta.SecureAgg;

/// <summary>Phase 2 of the server: adds the masked inputs as their pieces arrive. None is kept but those still on their
/// way, whose pieces are the record by which they can be taken off the sum again; so the memory is that of the sum and
/// of the uploads in flight, whatever the number of clients. How many may be in flight, and which of them gives way, is
/// for the caller to say.</summary>
public sealed class ServerCollectMaskedInput : ServerState
{
    private readonly ServerRoster _roster;
    private readonly PackedLayout _layout;
    private readonly IReadOnlyList<RingVector> _sum;
    private readonly SortedDictionary<string, PartialUpload> _uploads = new(StringComparer.Ordinal);

    internal ServerCollectMaskedInput(ServerRoster roster, IReadOnlyCollection<string> sharers)
        : base(roster.Context, sharers)
    {
        _roster = roster;
        _layout = new PackedLayout(roster.Context.Parameters.Vectors);
        _sum = [.. _layout.Shapes.Select(shape => new RingVector(shape.Length, shape.RingBits))];
    }

    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.CollectMaskedInput;

    /// <summary>Whose masked inputs are on their way, in ascending order.</summary>
    public IReadOnlyCollection<string> Uploading => _uploads.Keys;

    /// <summary>How many bytes of a client's masked input are in the sum: where a broken upload goes on.</summary>
    public long UploadedBytes(string clientId) => Received.Contains(clientId)
        ? _layout.Length
        : _uploads.GetValueOrDefault(clientId)?.Received ?? 0;

    /// <summary>Takes back what has arrived of an upload that is not complete; the client may begin again. Nothing
    /// happens where there is none.</summary>
    /// <exception cref="InvalidOperationException">The phase has been closed.</exception>
    public void Abandon(string clientId)
    {
        RequireOpen();
        if (_uploads.Remove(clientId, out var upload)) upload.Undo();
    }

    private protected override bool HasAnswered(string clientId) => !_uploads.ContainsKey(clientId);

    private protected override ServerRefusal? Accept(string clientId, ClientMessage message)
    {
        var (offset, bytes) = message is MaskedInputChunk chunk ? chunk : Whole((MaskedInputMessage)message);
        if (message is MaskedInputMessage && bytes.Length != _layout.Length) return ServerRefusal.WrongLength;
        if (offset != UploadedBytes(clientId)) return ServerRefusal.WrongOffset;
        var upload = _uploads.GetValueOrDefault(clientId) ?? new PartialUpload(_layout, _sum);
        if (upload.Take(bytes) is { } refusal) return refusal;
        if (upload.IsComplete) _uploads.Remove(clientId);
        else _uploads[clientId] = upload;
        return null;
    }

    private protected override ServerTransition Advance()
    {
        foreach (var upload in _uploads.Values) upload.Undo();
        _uploads.Clear();
        if (Received.Count < Context.Parameters.Threshold) return AbortTooFew(AbortReason.TooFewDelivered);
        var sum = new MaskedSum(_roster, [.. Received], [.. Awaited.Order(StringComparer.Ordinal)], _sum);
        var message = new SurvivorList(sum.Survivors, sum.Dropped);
        var outgoing = sum.Survivors.ToDictionary(id => id, ServerMessage (_) => message);
        return new ServerTransition(new ServerCheckConsistency(sum), outgoing);
    }

    private static MaskedInputChunk Whole(MaskedInputMessage message) => new(0, message.Packed);
}

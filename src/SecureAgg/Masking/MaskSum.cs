namespace FedMeta.SecureAgg;

/// <summary>Several masks to be applied to the vectors of a round, each mask one stream over all of them. The keys are
/// expanded a batch at a time, so that any number of masks costs little memory, and a piece of a vector stays in the
/// fast cache while the whole batch passes over it. Disposal erases the keys.</summary>
internal sealed class MaskSum : IDisposable
{
    private const int KeysPerBatch = 256;
    private readonly List<SecretBuffer> _batches = [];
    private readonly List<MaskSign> _signs = [];

    /// <summary>Adds a mask; the key is copied.</summary>
    public void Add(ReadOnlySpan<byte> key, MaskSign sign)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, MaskKernel.KeyLength);
        var slot = _signs.Count % KeysPerBatch;
        if (slot == 0) _batches.Add(new SecretBuffer(KeysPerBatch * MaskKernel.KeyLength));
        key.CopyTo(KeyAt(_batches.Count - 1, slot));
        _signs.Add(sign);
    }

    /// <summary>Applies every mask to every vector, modulo the words.</summary>
    /// <param name="vectors">All vectors of the round, in their order.</param>
    /// <param name="degreeOfParallelism">Threads at most; each takes its stretch of the vectors.</param>
    public void ApplyTo(IReadOnlyList<RingVector> vectors, int degreeOfParallelism = 1)
    {
        var pieces = MaskLayout.Pieces(vectors);
        var threads = Math.Clamp(degreeOfParallelism, 1, Math.Max(1, pieces.Count));
        if (threads == 1) Apply(pieces);
        else Parallel.For(0, threads, thread => Apply(pieces[Share(thread)..Share(thread + 1)]));

        int Share(int thread) => (int)((long)pieces.Count * thread / threads);
    }

    public void Dispose()
    {
        foreach (var batch in _batches) batch.Dispose();
    }

    public override string ToString() => "(secret)";

    private void Apply(List<MaskPiece> pieces)
    {
        using var kernel = MaskKernel.Create(Math.Min(KeysPerBatch, _signs.Count));
        for (var batch = 0; batch < _batches.Count; batch++)
        {
            var first = batch * KeysPerBatch;
            var count = Math.Min(KeysPerBatch, _signs.Count - first);
            for (var slot = 0; slot < count; slot++) kernel.SetKey(slot, KeyAt(batch, slot));
            foreach (var piece in pieces)
            {
                for (var slot = 0; slot < count; slot++) kernel.Apply(slot, piece, _signs[first + slot]);
            }
        }
    }

    private Span<byte> KeyAt(int batch, int slot) =>
        _batches[batch].Span.Slice(slot * MaskKernel.KeyLength, MaskKernel.KeyLength);
}

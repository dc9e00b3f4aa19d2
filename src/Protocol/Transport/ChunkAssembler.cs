using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>
/// Puts a peer's chunks together again. Memory grows with what arrived, never with what was announced; a refused chunk
/// refuses the whole.
/// </summary>
public sealed class ChunkAssembler
{
    private readonly long _min, _max;
    private byte[] _buffer = [];
    private int _length;
    private long _total = -1;
    private ChunkRefusal? _refusal;

    /// <param name="min">Fewest bytes of the whole.</param>
    /// <param name="max">Most bytes of the whole, at most 1 GiB.</param>
    public ChunkAssembler(long min, long max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(min);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, min);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 1 << 30);
        (_min, _max) = (min, max);
    }

    /// <summary>Bytes that arrived.</summary>
    public int Length => _length;

    /// <summary>Whether everything arrived.</summary>
    public bool IsComplete => _refusal is null && _length == _total;

    /// <summary>Takes the next chunk; null where it fits.</summary>
    public ChunkRefusal? Add(V1.Chunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        _refusal ??= Check(chunk);
        if (_refusal is not null) return _refusal;
        _total = (long)chunk.Total;
        var data = chunk.Data.Span;
        Reserve(_length + data.Length);
        data.CopyTo(_buffer.AsSpan(_length));
        _length += data.Length;
        return null;
    }

    /// <summary>The whole, when the stream has ended.</summary>
    public bool TryFinish([NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out ChunkRefusal? refusal)
    {
        refusal = _refusal ?? (IsComplete ? null : ChunkRefusal.Incomplete);
        content = refusal is null ? _buffer.AsSpan(0, _length).ToArray() : null;
        return content is not null;
    }

    private ChunkRefusal? Check(V1.Chunk chunk)
    {
        if (chunk.Total > (ulong)_max || chunk.Total < (ulong)_min) return ChunkRefusal.WrongTotal;
        if (_total >= 0 && chunk.Total != (ulong)_total) return ChunkRefusal.TotalChanged;
        if (chunk.Offset != (ulong)_length) return ChunkRefusal.OutOfOrder;
        if (chunk.Data.Length > ChunkSplitter.ChunkBytes) return ChunkRefusal.WrongLength;
        if (chunk.Data.Length == 0 && (chunk.Total > 0 || _total == 0)) return ChunkRefusal.WrongLength;
        return (ulong)(_length + chunk.Data.Length) > chunk.Total ? ChunkRefusal.TooMuch : null;
    }

    private void Reserve(int length)
    {
        if (length <= _buffer.Length) return;
        var doubled = Math.Max(length, Math.Min(_buffer.Length * 2L, _total));
        Array.Resize(ref _buffer, checked((int)doubled));
    }
}

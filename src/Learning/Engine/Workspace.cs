using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The scratch of one running call: two growing arenas, values and tangents, handed out front to
/// back.</summary>
internal sealed class Workspace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostTakes = 8;

    private AlignedArray<T> _values = new(0);
    private AlignedArray<T> _tangents = new(0);
    private int _used;
    private bool _withTangents;

    /// <summary>Makes room for <paramref name="length"/> numbers (twice that with tangents) and forgets what was
    /// handed out.</summary>
    public void Reset(int length, bool withTangents)
    {
        var room = checked(length + (MostTakes * AlignedArray<T>.PerLine));
        if (_values.Length < room) _values = new AlignedArray<T>(room);
        if (withTangents && _tangents.Length < room) _tangents = new AlignedArray<T>(room);
        _used = 0;
        _withTangents = withTangents;
    }

    /// <summary>The next <paramref name="length"/> numbers, from a new line of the cache on; what they hold is
    /// unspecified.</summary>
    public Dual<T> Take(int length)
    {
        var start = _used;
        var line = AlignedArray<T>.PerLine;
        _used = checked((start + length + line - 1) / line * line);
        return At(start, length);
    }

    /// <summary>Numbers handed out before, by position.</summary>
    public Dual<T> At(int start, int length) =>
        new(_values.Slice(start, length), _withTangents ? _tangents.Slice(start, length) : default);
}

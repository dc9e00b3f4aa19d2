using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The scratch of one running call: two growing arenas, values and tangents, handed out front to
/// back.</summary>
internal sealed class Workspace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _values = [];
    private T[] _tangents = [];
    private int _used;
    private bool _withTangents;

    /// <summary>Makes room for <paramref name="length"/> numbers (twice that with tangents) and forgets what was
    /// handed out.</summary>
    public void Reset(int length, bool withTangents)
    {
        if (_values.Length < length) _values = new T[length];
        if (withTangents && _tangents.Length < length) _tangents = new T[length];
        _used = 0;
        _withTangents = withTangents;
    }

    /// <summary>The next <paramref name="length"/> numbers; what they hold is unspecified.</summary>
    public Dual<T> Take(int length)
    {
        var start = _used;
        _used = checked(_used + length);
        return At(start, length);
    }

    /// <summary>Numbers handed out before, by position.</summary>
    public Dual<T> At(int start, int length) =>
        new(_values.AsSpan(start, length), _withTangents ? _tangents.AsSpan(start, length) : default);
}

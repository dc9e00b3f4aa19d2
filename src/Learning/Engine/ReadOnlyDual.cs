namespace FedMeta.Learning;

/// <summary>A <see cref="Dual{T}"/> that is only read.</summary>
internal readonly ref struct ReadOnlyDual<T>(ReadOnlySpan<T> value, ReadOnlySpan<T> tangent)
{
    public ReadOnlySpan<T> Value { get; } = value;

    /// <summary>Empty: the tangent is zero.</summary>
    public ReadOnlySpan<T> Tangent { get; } = tangent;

    public ReadOnlyDual<T> Slice(int start, int length) =>
        new(Value.Slice(start, length), Tangent.IsEmpty ? default : Tangent.Slice(start, length));
}

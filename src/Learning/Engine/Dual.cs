namespace FedMeta.Learning;

/// <summary>
/// An array and, where a derivative along a direction is wanted, its tangent. Layers are written once over duals:
/// without tangents they give the gradient, with theta's tangent set to v the same code gives the Hessian times v.
/// </summary>
internal readonly ref struct Dual<T>(Span<T> value, Span<T> tangent)
{
    /// <summary>Empty: nobody wants the value (of the gradient beside a Hessian-vector product).</summary>
    public Span<T> Value { get; } = value;

    /// <summary>Empty: the tangent is zero.</summary>
    public Span<T> Tangent { get; } = tangent;

    public Dual<T> Slice(int start, int length) =>
        new(
            Value.IsEmpty ? default : Value.Slice(start, length),
            Tangent.IsEmpty ? default : Tangent.Slice(start, length));

    public static implicit operator ReadOnlyDual<T>(Dual<T> dual) => new(dual.Value, dual.Tangent);
}

using System.Collections.Immutable;
using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// z = (x - centre) / scale with public constants from the study, never from the data: constants computed from patients
/// would be a release about them. A missing value (NaN) becomes 0, that is the centre; |z| is cut at
/// <see cref="Limit"/>, so that one strange value cannot own a prediction.
/// </summary>
public sealed class FeatureScaling
{
    /// <summary>The largest |z|.</summary>
    public const double Limit = 8;

    /// <summary>One centre and one scale per feature.</summary>
    /// <exception cref="ArgumentException">Different lengths, a number that is not finite, or a scale not above
    /// 0.</exception>
    public FeatureScaling(IEnumerable<double> centre, IEnumerable<double> scale)
    {
        Centre = [.. centre];
        Scale = [.. scale];
        if (Centre.Length != Scale.Length) throw new ArgumentException("every feature needs one centre and one scale");
        if (Centre.IsEmpty) throw new ArgumentException("there is no feature to scale");
        if (!Centre.All(double.IsFinite) || !Scale.All(s => double.IsFinite(s) && s > 0))
            throw new ArgumentException("centres must be finite and scales finite and above 0");
    }

    /// <summary>Subtracted first.</summary>
    public ImmutableArray<double> Centre { get; }

    /// <summary>Divided by then.</summary>
    public ImmutableArray<double> Scale { get; }

    /// <summary>Scales records [n, features] into <paramref name="scaled"/>; NaN means missing.</summary>
    public void Apply<T>(ReadOnlySpan<double> raw, Span<T> scaled)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FlatVector.RequireSameLength(raw.Length, scaled.Length);
        if (raw.Length % Centre.Length != 0)
            throw new ArgumentException($"{raw.Length} numbers are no records of {Centre.Length} features");
        for (var i = 0; i < raw.Length; i++)
        {
            var feature = i % Centre.Length;
            var z = double.IsNaN(raw[i]) ? 0 : (raw[i] - Centre[feature]) / Scale[feature];
            scaled[i] = T.CreateTruncating(Math.Clamp(z, -Limit, Limit));
        }
    }
}

namespace FedMeta.Privacy;

/// <summary>
/// The server's side of the mechanism: recentre, unscale, rotate back, truncate (Kairouz, Liu and Steinke 2021,
/// Algorithm 2). Post-processing of a private sum: nothing here, wrapping included, can cost privacy
/// (docs/proofs/integer-norm.md, Scale and Decoding).
/// </summary>
public sealed class AggregateDecoder
{
    private readonly MechanismPlan _plan;
    private readonly RandomizedHadamard _rotation;

    /// <param name="plan">The plan that the clients encoded with.</param>
    /// <param name="rotationSeed">The round's public seed, 32 bytes.</param>
    public AggregateDecoder(MechanismPlan plan, ReadOnlySpan<byte> rotationSeed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        _rotation = RandomizedHadamard.FromSeed(rotationSeed, plan.PaddedDimension);
    }

    internal AggregateDecoder(MechanismPlan plan, RandomizedHadamard rotation)
    {
        _plan = plan;
        _rotation = rotation;
    }

    /// <summary>Decodes the sum modulo 2^b.</summary>
    /// <param name="residues">One residue below 2^b for each padded coordinate.</param>
    public DecodedAggregate Decode(ReadOnlySpan<ulong> residues)
    {
        if (residues.Length != _plan.PaddedDimension)
            throw new ArgumentException("the sum has another length", nameof(residues));
        var bits = _plan.Request.RingBits;
        var limit = 0.45 * Math.ScaleB(1, bits);
        var nearWrap = false;
        var values = new double[residues.Length];
        for (var j = 0; j < values.Length; j++)
        {
            // As a double already here: the magnitude of the least 64-bit integer has no 64-bit integer.
            double integer = ModularRing.Recentre(residues[j], bits);
            nearWrap |= Math.Abs(integer) > limit;
            values[j] = integer / _plan.Scale;
        }

        _rotation.Unrotate(values);
        return new DecodedAggregate(values[.._plan.Request.Dimension], nearWrap);
    }
}

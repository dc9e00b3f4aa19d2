using FedMeta.Learning;
using FedMeta.Privacy;

namespace FedMeta.Server.Models;

/// <summary>An opened sum, decoded and divided by a public constant, beside the largest norm that honest inputs and
/// their noise explain. Post-processing of a private sum.</summary>
/// <param name="Values">The mean in model units.</param>
/// <param name="Norm">Its L2 norm.</param>
/// <param name="Bound">The largest norm of an honest one, see <see cref="SumNormBound"/>.</param>
/// <param name="NearWrap">A coordinate of the sum came near the ring's edge.</param>
internal sealed record ReleasedMean(double[] Values, double Norm, double Bound, bool NearWrap)
{
    /// <summary>Whether honest inputs could have given it; false for a sum that a cheater stretched.</summary>
    public bool IsExplained => Norm <= Bound;

    /// <summary>Decodes a sum over one secure aggregation, of all hospitals or of a group.</summary>
    /// <param name="plan">The mechanism that the hospitals in this sum encoded with.</param>
    /// <param name="sum">Residues modulo 2^b.</param>
    /// <param name="clients">Hospitals whose inputs are in it.</param>
    /// <param name="divisor">The public constant.</param>
    /// <param name="rotationSeed">The round's, 32 bytes.</param>
    public static ReleasedMean Of(MechanismPlan plan, ReadOnlySpan<ulong> sum, int clients, double divisor,
        ReadOnlySpan<byte> rotationSeed)
    {
        var decoded = new AggregateDecoder(plan, rotationSeed).Decode(sum);
        var mean = decoded.Sum;
        for (var i = 0; i < mean.Length; i++)
            mean[i] /= divisor;
        return new ReleasedMean(mean, FlatVector.Norm<double>(mean), SumNormBound.Of(plan, clients) / divisor,
            decoded.NearWrap);
    }
}

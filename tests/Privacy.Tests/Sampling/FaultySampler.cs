namespace FedMeta.Privacy.Tests.Sampling;

/// <summary>The algorithm of the paper once more, in floating point and with one fault.</summary>
internal sealed class FaultySampler(int variance, SamplerFault fault, KeystreamRandom random)
{
    private readonly double _variance = fault == SamplerFault.SmallVariance ? 0.95 * variance : variance;
    private readonly int _scale = (int)Math.Sqrt(variance) + 1;

    public long Next()
    {
        if (fault == SamplerFault.RoundedGaussian) return (long)Math.Round(Normal() * Math.Sqrt(_variance));
        var assumed = fault == SamplerFault.ScaleOffByOne ? _scale - 1 : _scale;
        while (true)
        {
            var proposal = Laplace();
            var distance = Math.Abs(proposal) - (_variance / assumed);
            if (fault != SamplerFault.NoRejection && !Coin(distance * distance / (2 * _variance))) continue;
            return fault == SamplerFault.Shifted ? proposal + 1 : proposal;
        }
    }

    private long Laplace()
    {
        while (true)
        {
            var low = fault == SamplerFault.Modulo ? Byte() % _scale : (int)(Uniform() * _scale);
            if (!Coin((double)low / _scale)) continue;
            var high = 0;
            while (Coin(1)) high++;
            var magnitude = low + ((long)high * _scale);
            var negative = fault switch
            {
                SamplerFault.BiasedSign => Byte() < 132,
                SamplerFault.SignFromTheMagnitude => (magnitude & 1) == 1,
                _ => Byte() < 128,
            };
            if (negative && magnitude == 0 && fault != SamplerFault.TwoZeros) continue;
            return negative ? -magnitude : magnitude;
        }
    }

    private bool Coin(double exponent)
    {
        for (; exponent > 1; exponent--)
        {
            if (!Coin(1)) return false;
        }

        var k = 1;
        while (Uniform() < exponent / k) k++;
        return (k & 1) == (fault == SamplerFault.SeriesOffByOne ? 0 : 1);
    }

    private int Byte() => (int)(random.NextUInt32() & 0xFF);

    private double Uniform() => ((random.NextUInt64() >> 11) + 0.5) * Math.ScaleB(1, -53);

    private double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());
}

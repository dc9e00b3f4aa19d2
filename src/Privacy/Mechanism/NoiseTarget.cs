using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// What a round may cost at most, and so how much noise it needs, in whole numbers alone. Without sampling the grant of
/// the best order over the rounds; with it the whole order that needs the least noise.
/// </summary>
/// <param name="Order">The order at which a sampled study is accounted; null without sampling.</param>
/// <param name="Total">The grant, at that order.</param>
/// <param name="Whole">The largest rho that one round may have before its sampling is counted; zero where epsilon and
/// delta allow none.</param>
internal sealed record NoiseTarget(int? Order, Rho Total, Rho Whole)
{
    /// <summary>Orders that a sampled study can be accounted at.</summary>
    public const int LeastOrder = 2;

    /// <summary>Orders that a sampled study can be accounted at.</summary>
    public const int LargestOrder = 256;

    /// <summary>The target of a sound request.</summary>
    public static NoiseTarget Of(MechanismRequest request)
    {
        if (request.SamplingRate.IsSampled) return Sampled(request);
        var total = ZeroConcentratedDp.LargestRho(request.Epsilon, request.Delta);
        return new NoiseTarget(null, total, total.DividedBy(request.Rounds));
    }

    private static NoiseTarget Sampled(MechanismRequest request)
    {
        var best = new NoiseTarget(null, Rho.Zero, Rho.Zero);
        PoissonAmplification Amplified(BigInteger whole) => new(request.SamplingRate, Rho.FromUnits(whole));

        // What a better order must bear, for all orders that are asked.
        var beyond = Amplified(BigInteger.One);
        for (var step = 1; step <= LargestOrder; step++)
        {
            // All orders but 1 in a mixed sequence (257 is a prime), so that few of them are a new best.
            var order = 97 * step % (LargestOrder + 1);
            if (order < LeastOrder) continue;
            var total = BudgetOrder.Whole(order).Limit(request.Epsilon, request.Delta);
            var perRound = total.DividedBy(request.Rounds);
            if (beyond.Cost(order) > perRound) continue;

            // A cost rises with rho. Of its sum the last term alone makes R(a)/a at least rho + ln(q)/(a-1), and
            // ln(1/q) is below 14.
            var low = best.Whole.Units;
            var high = perRound.Units + (new BigInteger(14) << Rho.FractionBits);
            while (high - low > 1)
            {
                var middle = (low + high) >> 1;
                if (Amplified(middle).Cost(order) <= perRound) low = middle;
                else high = middle;
            }

            best = new NoiseTarget(order, total, Rho.FromUnits(low));
            beyond = Amplified(low + 1);
        }

        return best;
    }
}

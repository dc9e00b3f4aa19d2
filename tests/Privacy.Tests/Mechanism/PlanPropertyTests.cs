using System.Numerics;

namespace FedMeta.Privacy.Tests.Mechanism;

/// <summary>Requests drawn at random over everything that a study may ask.</summary>
public class PlanPropertyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_derived_verifies_and_no_number_of_it_can_be_made_cheaper(int seed)
    {
        using var random = new KeystreamRandom(new TestRandom(seed));
        var derived = 0;
        for (var trial = 0; trial < 15; trial++)
        {
            var request = Request(random);
            if (MechanismPlan.Derive(request).Plan is not { } plan) continue;
            derived++;
            Assert.Empty(MechanismPlan.Verify(request, plan));
            Assert.True(plan.PerRound <= plan.PerWholeRound);
            Assert.True(plan.PerRound.Times(request.Rounds) <= plan.Total);
            Assert.InRange(
                plan.Epsilon(plan.PerRound.Times(request.Rounds), request.Delta), 0, request.Epsilon * (1 + 1e-9));
            MechanismPlan[] cheaper =
            [
                plan with { PerRound = Rho.FromUnits(plan.PerRound.Units - 1) },
                plan with { LocalVariance = plan.LocalVariance * (1000 - Below(900, random) - 1) / 1000 },
                plan with { SensitivitySquared = plan.SensitivitySquared - 1 - Below(1 << 20, random) },
                plan with { Total = plan.Total + Rho.FromUnits(1 + Below(1 << 20, random)) },
                plan with { NormBoundSquared = plan.NormBoundSquared / 2 },
                plan with { Scale = plan.Scale * 2 },
            ];
            Assert.All(cheaper, forgery => Assert.NotEmpty(MechanismPlan.Verify(request, forgery)));
        }

        Assert.InRange(derived, 5, 15);
    }

    private static MechanismRequest Request(KeystreamRandom random)
    {
        var sampled = Below(2, random) == 0;
        var unit = sampled ? PrivacyUnit.Patient : (PrivacyUnit)(int)Below(3, random);
        var clients = 2 + (int)Below(30, random);
        var threshold = 1 + (int)Below(clients, random);
        return new MechanismRequest(
            unit,
            Math.Pow(10, Spread(-3, 3, random)),
            Math.Pow(10, Spread(-0.5, 2, random)),
            Math.Pow(10, Spread(-9, -3, random)),
            1 + (int)Below(1000, random),
            clients,
            threshold,
            (int)Below(threshold, random),
            1 + (int)Below(5000, random),
            20 + (int)Below(45, random),
            unit == PrivacyUnit.Site ? 1 : 1 + (int)Below(1000, random))
        {
            Contribution = sampled ? ContributionKind.PatientGradient
                : unit == PrivacyUnit.Site ? ContributionKind.SiteUpdate : ContributionKind.TaskGradient,
            SamplingRate = sampled
                ? SamplingRate.FromMillionths(1000 * (1 + (int)Below(999, random)))
                : SamplingRate.One,
        };
    }

    private static BigInteger Below(int bound, KeystreamRandom random) => UniformInteger.Below((ulong)bound, random);

    private static double Spread(double least, double most, KeystreamRandom random) =>
        least + ((most - least) * Math.ScaleB(random.NextUInt64() >> 11, -53));
}

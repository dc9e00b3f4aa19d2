using FedMeta.Privacy;
using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using Computed = FedMeta.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>Section 4.</summary>
internal static class MechanismBuilder
{
    /// <summary>The mechanism as signed and as it ran.</summary>
    public static MechanismSection Of(StudyEntry study, StudyPlan plan, Computed computed)
    {
        var m = plan.Mechanism;
        var request = m.Request;
        return new MechanismSection(
            "distributed discrete Gaussian: one share at each hospital, added in integers before the input is masked",
            PrivacyNames.Of(request.Contribution),
            request.ClipNorm, request.Dimension, m.PaddedDimension, m.Scale, m.NormBoundSquared.ToString(),
            m.SensitivitySquared.ToString(), request.RingBits, m.LocalVariance.ToString(),
            m.NoiseMultiplier, Realised(m, computed), m.NoiseToSignal,
            request.Threshold, request.Colluders, plan.Aggregation.MinHonestInputs,
            request.SamplingRate.ToString(),
            "discrete Gaussian, exact in integers (Canonne, Kamath, Steinke 2020, algorithms 1 to 3)",
            "operating system generator; AES-256-CTR under a fresh key for each share",
            SelfTest(),
            [.. StatedCosts.Samplers(study)],
            [.. StatedCosts.OtherVariances(study, m)],
            m.Terms);
    }

    private static double? Realised(MechanismPlan plan, Computed computed) =>
        computed.FewestSurvivors is { } survivors
            ? Math.Sqrt((double)plan.LocalVariance * (survivors - plan.Request.Colluders)
                / (double)plan.SensitivitySquared)
            : null;

    private static MechanismSection.SelfTestPart SelfTest() => new(
        SamplerSelfTest.Passes,
        SamplerSelfTest.Samples,
        $"A run of this software's sampler from a fixed key ({SamplerSelfTest.Samples} samples of variance {SamplerSelfTest.Variance}) against the exact law, chi-square at one in a million: it shows that this code is right. What a hospital ran is known by the code hash that it states.");
}

using FedMeta.Privacy;
using FedMeta.Server.Reports.Markup;

namespace FedMeta.Server.Reports.Privacy.Rendering;

/// <summary>Section 4.</summary>
internal static class MechanismPart
{
    /// <summary>The mechanism, planned and realised.</summary>
    public static Html Render(PrivacyReport report)
    {
        var m = report.Mechanism;
        var others = m.StatedVariances.Count == 0
            ? Html.Of($"No hospital stated another variance than the planned one.")
            : Html.Of($"Other variances were stated: {string.Join("; ", m.StatedVariances)}.");
        return Page.Panel("mechanism", "4 Mechanism", Html.Of($"""
            <p>{m.Name}.</p><div class="columns"><dl><dt>One vector is</dt><dd>{m.Contribution}, clipped to L2 norm C = {m.ClipNorm}</dd>
            <dt>Patients drawn</dt><dd>{(m.SamplingRate == "1" ? "all: no sampling, and no claim counts on any" : $"each with chance {m.SamplingRate}, secretly inside its hospital, anew each round")}</dd>
            <dt>Entries</dt><dd>{m.Dimension}, padded to {m.PaddedDimension}</dd><dt>Scale S</dt><dd>{m.Scale:R} integer units</dd>
            <dt>Norm bound B²</dt><dd>{m.NormBoundSquared}</dd><dt>Sensitivity²</dt><dd>{m.SensitivitySquared}</dd><dt>Ring</dt><dd>{m.RingBits} bits</dd></dl>
            <dl><dt>Variance of one share</dt><dd>{m.LocalVariance}</dd><dt>Noise multiplier z</dt><dd>planned {ReportNumbers.Down(m.NoiseMultiplierPlanned)}, realised {(m.NoiseMultiplierRealised is { } z ? $"at least {ReportNumbers.Down(z)}" : "nothing yet")}</dd>
            <dt>Noise over signal</dt><dd>{ReportNumbers.Up(m.NoiseToSignal)} clip norms in the mean of a full round</dd>
            <dt>Sums</dt><dd>of at least {m.Threshold} hospitals, at most {m.Colluders} colluding; at least {m.MinHonestInputs} honest inputs</dd>
            <dt>Sampler</dt><dd>{m.Sampler}</dd><dt>Random bits</dt><dd>{m.Randomness}</dd>
            <dt>Self-test</dt><dd>{(m.SelfTest.Passed ? "✔ passed" : "✘ FAILED")}. {m.SelfTest.Words}</dd></dl></div>
            <p>{others} {(m.StatedSamplers.Count == 0 ? "None has stated a sampler yet." : $"Sampler and random bits as they state them: {string.Join("; ", m.StatedSamplers)}.")}</p><details><summary>Canonical terms, as signed</summary><pre>{m.Terms}</pre></details>
            """));
    }
}

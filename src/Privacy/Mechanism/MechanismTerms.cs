using System.Globalization;
using System.Text;

namespace FedMeta.Privacy;

/// <summary>The canonical text of a plan. A change of layout is a new first line.</summary>
internal static class MechanismTerms
{
    public static string Of(MechanismPlan plan, ReadOnlySpan<byte> rotationSeed)
    {
        if (rotationSeed.Length != RandomizedHadamard.SeedSize)
            throw new ArgumentException("a rotation seed has 32 bytes", nameof(rotationSeed));
        return $"{Of(plan)}rotation-seed={Convert.ToHexStringLower(rotationSeed)}\n";
    }

    public static string Of(MechanismPlan plan)
    {
        var request = plan.Request;
        var text = new StringBuilder("fedmeta-mechanism-1\n");
        void Line(string name, IFormattable value) =>
            text.Append(name).Append('=').Append(value.ToString(null, CultureInfo.InvariantCulture)).Append('\n');

        text.Append("unit=").Append(PrivacyNames.Of(request.Unit)).Append('\n');
        text.Append("contribution=").Append(PrivacyNames.Of(request.Contribution)).Append('\n');
        text.Append("adjacency=").Append(PrivacyNames.Of(plan.Adjacency)).Append('\n');
        Line("clip-norm", request.ClipNorm);
        Line("epsilon", request.Epsilon);
        Line("delta", request.Delta);
        Line("rounds", request.Rounds);
        Line("max-clients", request.MaxClients);
        Line("threshold", request.Threshold);
        Line("colluders", request.Colluders);
        Line("dimension", request.Dimension);
        Line("ring-bits", request.RingBits);
        Line("max-contributions-per-client", request.MaxContributionsPerClient);
        Line("tasks-per-patient", request.TasksPerPatient);
        if (request.Patients is { } patients) Line("patients", patients);
        if (request.SamplingRate.IsSampled) text.Append("sampling-rate=").Append(request.SamplingRate).Append('\n');
        Line("padded-dimension", plan.PaddedDimension);
        Line("scale", plan.Scale);
        Line("norm-bound-squared", plan.NormBoundSquared);
        Line("sensitivity-squared", plan.SensitivitySquared);
        Line("local-variance", plan.LocalVariance);
        if (plan.Order is { } order) Line("order", order);
        text.Append("rho-per-round=").Append(plan.PerRound).Append('\n');
        text.Append("rho-total=").Append(plan.Total).Append('\n');
        return text.ToString();
    }
}

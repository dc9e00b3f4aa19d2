using System.Globalization;
using System.Text.Json.Serialization;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Reproduce.PatientPrivacy;

/// <summary>What a plan spends and the noise it has, in the words of its accountant.</summary>
/// <param name="Epsilon">What the rounds' rho proves at the delta.</param>
/// <param name="Delta">Of the claim.</param>
/// <param name="RhoPerRound">Charge of a round.</param>
/// <param name="Rounds">Rounds that are charged.</param>
/// <param name="ClipNorm">Of one vector, model units.</param>
/// <param name="Sensitivity">How far one unit moves the sum, model units.</param>
/// <param name="HonestShares">Shares of noise that the adversary does not know.</param>
/// <param name="Sigma">Standard deviation of their sum in each coordinate, model units.</param>
/// <param name="LocalSigma">Of one hospital's share, integer units.</param>
/// <param name="Exact">Epsilon of Gaussian noise of the same width, without the detour of rho.</param>
internal sealed record PrivacyAccount(
    [property: JsonPropertyName("epsilon")] double Epsilon,
    [property: JsonPropertyName("delta")] double Delta,
    [property: JsonPropertyName("rho_per_round")] double RhoPerRound,
    [property: JsonPropertyName("rounds")] int Rounds,
    [property: JsonPropertyName("clip_norm")] double ClipNorm,
    [property: JsonPropertyName("sensitivity")] double Sensitivity,
    [property: JsonPropertyName("honest_shares")] int HonestShares,
    [property: JsonPropertyName("sigma")] double Sigma,
    [property: JsonPropertyName("local_sigma_integer")] double LocalSigma,
    [property: JsonPropertyName("epsilon_gaussian")] double Exact)
{
    /// <summary>The account of a plan whose rounds are all played once.</summary>
    public static PrivacyAccount Of(MechanismPlan plan)
    {
        var (request, local) = (plan.Request, Math.Sqrt((double)plan.LocalVariance));
        return new PrivacyAccount(
            plan.Epsilon(plan.PerRound.Times(request.Rounds), request.Delta), request.Delta,
            plan.PerRound.ToDouble(), request.Rounds, request.ClipNorm,
            Math.Sqrt((double)plan.SensitivitySquared) / plan.Scale, plan.HonestShares,
            local * Math.Sqrt(plan.HonestShares) / plan.Scale, local,
            Gaussian.Epsilon(Math.Sqrt(request.Rounds) / plan.NoiseMultiplier, request.Delta));
    }

    /// <summary>One line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"epsilon {Epsilon:0.0000} at delta {Delta:0.######}: zCDP, {Rounds} rounds of rho {RhoPerRound:0.000000}; "
        + $"clip {ClipNorm}, sensitivity {Sensitivity:0.0000}, noise of {HonestShares} honest shares "
        + $"sigma {Sigma:0.0000} in each coordinate of the sum (z = {Sigma / Sensitivity:0.0000}; a share "
        + $"{LocalSigma:0} integer units); Gaussian noise of that width: epsilon {Exact:0.0000}");
}

using System.Text.Json;
using System.Text.Json.Serialization;
using FedMeta.Client.Ledger;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Auditing;

/// <summary>What an audit found, beside what is claimed.</summary>
/// <param name="Schema">The layout; a change is a new number.</param>
/// <param name="Code">The audited client's build, as its ledger entries state it.</param>
/// <param name="Settings">What was audited.</param>
/// <param name="ClaimedEpsilon">For a patient over all rounds, at delta.</param>
/// <param name="ClaimedMu">Gaussian parameter of the planned noise over all rounds.</param>
/// <param name="Correct">Right guesses.</param>
/// <param name="EpsilonLowerBound">What the guesses prove.</param>
/// <param name="Mu">Estimate from the scores' separation.</param>
/// <param name="MuLowerBound">Of the estimate, with confidence 1 - 1e-5.</param>
/// <param name="MuUpperBound">Of the estimate, with confidence 1 - 1e-5.</param>
/// <param name="Refuted">The run contradicts the claim: there is a defect.</param>
internal sealed record AuditRunReport(
    string Schema,
    string Code,
    AuditSettings Settings,
    double ClaimedEpsilon,
    double ClaimedMu,
    int Correct,
    double EpsilonLowerBound,
    double Mu,
    double MuLowerBound,
    double MuUpperBound,
    bool Refuted)
{
    /// <summary>Of this layout.</summary>
    public const string CurrentSchema = "fedmeta-audit-run-1";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>What <c>fedmeta audit record</c> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Indented);

    /// <summary>Holds the findings against the plan.</summary>
    public static AuditRunReport Of(
        AuditSettings settings, MechanismPlan plan, CanaryGuesses guesses, CanarySeparation separation)
    {
        var epsilon = guesses.EpsilonLowerBound(settings.Delta, settings.Level);
        var mu = Math.Sqrt(settings.Rounds) / plan.NoiseMultiplier;
        return new AuditRunReport(CurrentSchema, ProgramBuild.Hash.ToString(), settings, settings.Epsilon, mu,
            guesses.Correct, epsilon,
            separation.Mu, separation.LowerBound, separation.UpperBound,
            epsilon > settings.Epsilon || separation.LowerBound > mu);
    }
}

namespace FedMeta.Client.Policy;

/// <summary>
/// The hospital's law (<c>policy.toml</c>). It can only tighten what a study asks: see <see cref="EffectiveLimits"/>.
/// All epsilons hold at <see cref="Delta"/>, and for one patient of this hospital.
/// </summary>
internal sealed record HospitalPolicy
{
    /// <summary>Most epsilon that all studies together may cost a patient of this hospital; above 0, at most
    /// 1000.</summary>
    public double MaxEpsilonTotal { get; init; } = 10;

    /// <summary>Most epsilon that one study may cost; above 0, at most 1000.</summary>
    public double MaxEpsilonPerStudy { get; init; } = 3;

    /// <summary>The delta at which both epsilons are meant; in (0, 0.001].</summary>
    public double Delta { get; init; } = 1e-5;

    /// <summary>Smallest roster that this hospital joins; 3 to 1000.</summary>
    public int MinPeers { get; init; } = 5;

    /// <summary>Fewest own training rows with which it takes part; 1 to 1,000,000.</summary>
    public int MinRows { get; init; } = 20;

    /// <summary>Fewest honest inputs in a sum that it helps to open; 2 to 1000.</summary>
    public int MinHonestInputs { get; init; } = 3;

    /// <summary>Fewest hospitals that must be assumed to collude with the server; 0 to 1000.</summary>
    public int MinColluders { get; init; } = 1;

    /// <summary>
    /// Least noise of this hospital's own share (z_floor): its standard deviation over what one patient can move the
    /// sum, 0 to 1000. It alone protects the patients where everyone else colludes with the coordinator; 0 leaves that
    /// case to the others' honesty.
    /// </summary>
    public double LeastOwnNoise { get; init; }

    /// <summary>Most inputs that leave between two checkpoints of the coordinator's ledger that this hospital could
    /// check; 1 to 3.</summary>
    public int MaxUnwitnessedRounds { get; init; } = 3;

    /// <summary>Names of those who may approve a study; empty: whoever can run the command.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>When the agent may train; null: always.</summary>
    public TrainingHours? Hours { get; init; }
}

namespace FedMeta.Server.Reports.Privacy;

/// <summary>
/// What a data-protection officer is given: every figure follows from the journal alone and carries the number of the
/// record behind it. Written as JSON and, from the same object, as one HTML page. Costs rho are exact decimal texts in
/// units of 2^-64.
/// </summary>
internal sealed record PrivacyReport
{
    /// <summary>The layout; a change is a new number.</summary>
    public const string CurrentSchema = "fedmeta-privacy-report-1";

    /// <summary>Always <see cref="CurrentSchema"/>.</summary>
    public required string Schema { get; init; }

    /// <summary>Study, journal and time span.</summary>
    public required IdentityPart Identity { get; init; }

    /// <summary>The answer in one sentence, with its parts.</summary>
    public required VerdictPart Verdict { get; init; }

    /// <summary>One claim for each adversary; they stand side by side and are never added.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    /// <summary>Granted, spent, remaining.</summary>
    public required BudgetPart Budget { get; init; }

    /// <summary>The noise mechanism, planned and as derived.</summary>
    public required MechanismPart Mechanism { get; init; }

    /// <summary>Among whom one hospital's contribution hides.</summary>
    public required AnonymityPart AnonymitySet { get; init; }

    /// <summary>Every attempt at every round, with the budget after it.</summary>
    public required IReadOnlyList<RoundLine> Rounds { get; init; }

    /// <summary>Epsilon if nothing changes, for the planned rounds that have not been spent.</summary>
    public required IReadOnlyList<ForecastPoint> Forecast { get; init; }

    /// <summary>Epsilon against delta for what was spent.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>Who approved what, and when.</summary>
    public required IReadOnlyList<DecisionLine> Decisions { get; init; }

    /// <summary>What each hospital took part in and charged.</summary>
    public required IReadOnlyList<SiteLine> Sites { get; init; }

    /// <summary>What left the hospitals besides the masked sums, each with its charge.</summary>
    public required IReadOnlyList<string> OtherReleases { get; init; }

    /// <summary>What departs from the usual: lowered floors, aborted attempts, sums near the ring's edge.</summary>
    public required IReadOnlyList<Deviation> Deviations { get; init; }

    /// <summary>Meaning, assumptions and limits in words, English and Korean.</summary>
    public required IReadOnlyList<TextPart> Texts { get; init; }

    /// <summary>The signed document, in full.</summary>
    public required string Document { get; init; }

    /// <summary>See <see cref="Identity"/>. Times are UTC, ISO 8601.</summary>
    internal sealed record IdentityPart(string Study, string StudyHash, string Purpose, string State,
        string Coordinator,
        string SoftwareVersion, string Model, string From, string To, long ProposedRecord, long LastRecord,
            string LastHash);

    /// <summary>See <see cref="Verdict"/>.</summary>
    internal sealed record VerdictPart(bool WithinBudget, string Unit, string Adjacency, double EpsilonSpent,
        double EpsilonGranted, double Delta, string Sentence);

    /// <summary>
    /// Epsilon at three deltas for one unit against one adversary. <c>Mu</c> is the Gaussian parameter sqrt(2 rho);
    /// <c>TestPower</c> the most that a test finds of those present which accuses one absent unit in a hundred.
    /// </summary>
    internal sealed record Claim(string Adversary, string Unit, string Adjacency, string Basis, string Rho, double Mu,
        IReadOnlyList<CurvePoint> Epsilons, double TestPower, string Method);

    /// <summary>See <see cref="Texts"/>; <c>Language</c> is a BCP 47 tag.</summary>
    internal sealed record TextPart(string Language, IReadOnlyList<string> Meaning, IReadOnlyList<string> Assumptions,
        IReadOnlyList<string> NotProtected);

    /// <summary>See <see cref="Budget"/>.</summary>
    internal sealed record BudgetPart(string RhoGranted, string RhoSpent, string RhoRemaining, string RhoPerRound,
        int RoundsPlanned, int RoundsCompleted, int AttemptsCharged, int AttemptsLeft);

    /// <summary>See <see cref="Mechanism"/>; integers are decimal texts in units of 1/scale.</summary>
    internal sealed record MechanismPart(string Sampler, string Randomness, double ClipNorm, int Dimension,
        int PaddedDimension, double Scale, string NormBoundSquared, string SensitivitySquared, string LocalVariance,
        double NoiseMultiplier, double Log10Tau, int RingBits, int Threshold, int Colluders, int MinHonestInputs,
            string Terms);

    /// <summary>See <see cref="AnonymitySet"/>. <c>Smallest</c> and <c>Largest</c> are the members of a sum when all
    /// are there; <c>Combine</c> is empty where a round has one sum.</summary>
    internal sealed record AnonymityPart(int Members, int SumsPerRound, int Smallest, int Largest, string Combine,
        string Sentence);

    /// <summary>See <see cref="Rounds"/>. <c>Honest</c> is the least number of honest inputs in any sum of the
    /// round, <c>Sums</c> how many were opened.</summary>
    internal sealed record RoundLine(int Round, int Attempt, long StartRecord, long EndRecord, string Outcome,
        int Roster, int Sums,
        int Included, int Honest, bool Charged, string RhoAfter, double EpsilonAfter);

    /// <summary>Epsilon after so many charged attempts.</summary>
    internal sealed record ForecastPoint(int Attempts, double Epsilon);

    /// <summary>A point of epsilon(delta).</summary>
    internal sealed record CurvePoint(double Delta, double Epsilon);

    /// <summary>See <see cref="Decisions"/>. <c>Fingerprint</c> is six words of the key in the signed
    /// document.</summary>
    internal sealed record DecisionLine(string Client, string Name, string Fingerprint, string Decision, string Reason,
        string DecidedAt, bool SignatureValid, long Record);

    /// <summary>See <see cref="Sites"/>. <c>StatedRho</c> is the hospital's own cumulative figure for this
    /// study.</summary>
    internal sealed record SiteLine(string Client, string Name, int Included, int Charged, string StatedRho,
        double StatedEpsilon, long BytesSent, long LastRecord);

    /// <summary>See <see cref="Deviations"/>.</summary>
    internal sealed record Deviation(long Record, string Text);
}

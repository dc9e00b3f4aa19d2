namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>Who took part in what.</summary>
/// <param name="Enrolled">Members of the study document.</param>
/// <param name="Approved">Members that approved.</param>
/// <param name="MinSurvivors">No sum of fewer is opened.</param>
/// <param name="FewestSurvivors">In any opened sum; null before the first.</param>
/// <param name="AbortedAttempts">Attempts that gave no sum.</param>
/// <param name="AbortedCharged">Those of them that were charged, because inputs had been announced.</param>
/// <param name="NoiseRemoved">Noise shares that were taken off a sum again (add-then-remove): never done here.</param>
/// <param name="Crowd">Among whom one hospital's contribution hides.</param>
/// <param name="Rounds">Every attempt.</param>
/// <param name="Sites">Every hospital; its marks are in the order of <paramref name="Rounds"/>.</param>
internal sealed record ParticipationSection(int Enrolled, int Approved, int MinSurvivors, int? FewestSurvivors,
    int AbortedAttempts, int AbortedCharged, int NoiseRemoved, ParticipationSection.CrowdPart Crowd,
    IReadOnlyList<ParticipationSection.AttemptLine> Rounds, IReadOnlyList<ParticipationSection.HospitalLine> Sites)
{
    /// <summary><c>Smallest</c> and <c>Largest</c> are the members of a sum when all are there; <c>Combine</c> is empty
    /// where a round has one sum.</summary>
    internal sealed record CrowdPart(int Members, int SumsPerRound, int Smallest, int Largest, string Combine,
        string Sentence);

    /// <summary><c>Survivors</c> is the size of the smallest opened sum and <c>Honest</c> the least number of honest
    /// inputs in it, 0 without one; <c>Sums</c> is how many were opened, <c>Included</c> how many hospitals are in
    /// them.</summary>
    internal sealed record AttemptLine(int Number, int Attempt, long StartRecord, long EndRecord, string Outcome,
        int Roster, int Sums, int Included, int Survivors, int Honest, bool Charged);

    /// <summary><c>StatedRho</c> is the hospital's own cumulative figure for this study, signed with its
    /// key.</summary>
    internal sealed record HospitalLine(string Client, string Name, string Decision, int Included, int Charged,
        string StatedRho, double StatedEpsilon, long BytesSent, long LastRecord, IReadOnlyList<Mark> Marks);

    /// <summary>included, rolledback, aborted, dropped, refused or absent, with the reason and the record behind
    /// it.</summary>
    internal sealed record Mark(string Name, string Reason, long Record);
}

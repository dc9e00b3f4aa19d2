namespace FedMeta.Server.Reports.Participation;

/// <summary>Who took part in what, from the journal alone.</summary>
internal sealed record ParticipationReport(string Schema, string Study, string StudyHash, string State,
    IReadOnlyList<ParticipationReport.Attempt> Attempts, IReadOnlyList<ParticipationReport.Site> Sites,
    IReadOnlyList<ParticipationReport.Conflict> Conflicts)
{
    /// <summary>The layout; a change is a new number.</summary>
    public const string CurrentSchema = "fedmeta-participation-report-2";

    /// <summary>One attempt at a round.</summary>
    internal sealed record Attempt(int Round, int Number, string Outcome, long Record);

    /// <summary>One hospital: what became of it in each attempt, in the order of <c>Attempts</c>; <c>ShutOut</c> says
    /// why it is not invited at present, or is empty.</summary>
    internal sealed record Site(string Client, string Name, string Decision, int Included, string ShutOut,
        IReadOnlyList<Cell> Cells);

    /// <summary>A key share that was missing or wrong, whose it was and who held it; at least one of the two is at
    /// fault.</summary>
    internal sealed record Conflict(int Round, int Attempt, int Group, string Dealer, string Holder, string Kind,
        long Record);

    /// <summary>included, aborted, dropped, refused or absent, with the reason and the record behind it.</summary>
    internal sealed record Cell(string Mark, string Reason, long Record);
}

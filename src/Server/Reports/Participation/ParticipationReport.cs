namespace FedMeta.Server.Reports.Participation;

/// <summary>Who took part in what, from the journal alone.</summary>
internal sealed record ParticipationReport(string Schema, string Study, string StudyHash, string State,
    IReadOnlyList<ParticipationReport.Attempt> Attempts, IReadOnlyList<ParticipationReport.Site> Sites)
{
    /// <summary>The layout; a change is a new number.</summary>
    public const string CurrentSchema = "fedmeta-participation-report-1";

    /// <summary>One attempt at a round.</summary>
    internal sealed record Attempt(int Round, int Number, string Outcome, long Record);

    /// <summary>One hospital: what became of it in each attempt, in the order of <c>Attempts</c>.</summary>
    internal sealed record Site(string Client, string Name, string Decision, int Included, IReadOnlyList<Cell> Cells);

    /// <summary>included, aborted, dropped, refused or absent, with the reason and the record behind it.</summary>
    internal sealed record Cell(string Mark, string Reason, long Record);
}

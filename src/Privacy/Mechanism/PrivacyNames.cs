namespace FedMeta.Privacy;

/// <summary>The names of units, contributions and relations in documents.</summary>
public static class PrivacyNames
{
    /// <summary>"patient", "task" or "site".</summary>
    public static string Of(PrivacyUnit unit) => unit switch
    {
        PrivacyUnit.Patient => "patient",
        PrivacyUnit.Task => "task",
        PrivacyUnit.Site => "site",
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };

    /// <summary>"patient-gradient", "task-gradient" or "site-update".</summary>
    public static string Of(ContributionKind contribution) => contribution switch
    {
        ContributionKind.PatientGradient => "patient-gradient",
        ContributionKind.TaskGradient => "task-gradient",
        ContributionKind.SiteUpdate => "site-update",
        _ => throw new ArgumentOutOfRangeException(nameof(contribution)),
    };

    /// <summary>"zero-out" or "replace-one".</summary>
    public static string Of(Adjacency adjacency) => adjacency switch
    {
        Adjacency.ZeroOut => "zero-out",
        Adjacency.ReplaceOne => "replace-one",
        _ => throw new ArgumentOutOfRangeException(nameof(adjacency)),
    };
}

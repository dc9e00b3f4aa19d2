using FedMeta.Client.Studies;

namespace FedMeta.Client.Data;

/// <summary>The hospital's rows for a study, read anew for each round: the file may have changed.</summary>
internal interface ISiteRows
{
    /// <summary>Reads, scales and splits; null where the file cannot be used, with the reasons.</summary>
    SiteData? Read(VerifiedStudy study, int minRows, out IReadOnlyList<DataProblem> problems);
}

namespace FedMeta.Privacy;

/// <summary>What one clipped vector of the sum is computed from; it decides the sensitivity of each unit.</summary>
public enum ContributionKind
{
    /// <summary>The gradient of one patient, clipped before any sum (per-example gradients).</summary>
    PatientGradient,

    /// <summary>The meta-gradient of one task of a disjoint partition of the patients.</summary>
    TaskGradient,

    /// <summary>The update of the whole site, one vector per round.</summary>
    SiteUpdate,
}

namespace FedMeta.Server.State.Facts;

/// <summary>What the coordinator found when it looked at one group's opened sum.</summary>
/// <param name="Group">Its number.</param>
/// <param name="Norm">L2 norm of the group's released (noised) mean.</param>
/// <param name="Bound">The largest norm that honest hospitals and their noise explain.</param>
internal sealed record GroupCheck(int Group, double Norm, double Bound)
{
    /// <summary>Whether the group counts in the combination.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsExplained => Norm <= Bound;
}

namespace FedMeta.Privacy;

/// <summary>
/// All claims about one unit and one relation of neighbours. Those about different units speak of the same outputs:
/// they stand side by side and are never added.
/// </summary>
/// <param name="Unit">Who is protected.</param>
/// <param name="Adjacency">Which data sets count as neighbours.</param>
/// <param name="Factor">How many norm bounds B one unit can move a sum; null where there is no claim.</param>
/// <param name="IsSampled">Whether secret sampling of patients counts in its favour.</param>
/// <param name="Method">How the claim is computed.</param>
/// <param name="UsualMethod">How the figure beside it is computed.</param>
/// <param name="Rows">One for each adversary, weakest first; empty where there is no claim.</param>
public sealed record UnitClaims(
    PrivacyUnit Unit,
    Adjacency Adjacency,
    int? Factor,
    bool IsSampled,
    string Method,
    string UsualMethod,
    IReadOnlyList<AdversaryClaim> Rows)
{
    /// <summary>The row of the coordinator with <paramref name="colluders"/> clients.</summary>
    public AdversaryClaim Against(int colluders) =>
        Rows.First(row => row.Kind == AdversaryKind.Coordinator && row.Colluders == colluders);

    /// <summary>The row in which everyone else works together.</summary>
    public AdversaryClaim AgainstAllOthers => Rows.First(row => row.Kind == AdversaryKind.AllOthers);
}

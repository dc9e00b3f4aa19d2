namespace FedMeta.Privacy;

/// <summary>
/// One claim about everything released so far. Claims about different units or adversaries speak of the same outputs:
/// they stand side by side and are never added.
/// </summary>
/// <param name="Unit">Who is protected.</param>
/// <param name="Adjacency">Which data sets count as neighbours.</param>
/// <param name="Colluders">The adversary: the server, all that is published, and this many clients of its
/// choice.</param>
/// <param name="Basis">Which noise is counted on.</param>
/// <param name="Rho">Zero-concentrated cost, rounded up; tau of the noise shares included.</param>
/// <param name="Mu">sqrt(2 rho): the Gaussian test that is as hard.</param>
/// <param name="Epsilons">Epsilon at the plan's delta, a tenth and a hundredth of it.</param>
/// <param name="TestPower">
/// Largest share of present units that a test finds which accuses one absent unit in a hundred, for Gaussian noise.
/// </param>
/// <param name="Method">Theorem and conversion.</param>
public sealed record PrivacyClaim(
    PrivacyUnit Unit,
    Adjacency Adjacency,
    int Colluders,
    ClaimBasis Basis,
    Rho Rho,
    double Mu,
    IReadOnlyList<EpsilonAtDelta> Epsilons,
    double TestPower,
    string Method);

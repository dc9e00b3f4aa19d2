namespace FedMeta.Privacy;

/// <summary>
/// What connecting the dots needs of one direction, at neighbouring points of the grid: the probability of a larger
/// loss, delta there, and how far either may be off.
/// </summary>
/// <param name="Low">Index of the first point.</param>
/// <param name="Tail">P[loss > point], for a point that is at most a rounding error away.</param>
/// <param name="Delta">P[loss > point] - e^point Q[loss > point].</param>
/// <param name="Error">Bound of what rounding did to delta, and to the tail at that other point.</param>
internal sealed record TailGrid(long Low, double[] Tail, double[] Delta, double[] Error);

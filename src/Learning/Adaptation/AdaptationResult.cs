using System.Collections.Immutable;
using System.Numerics;

namespace FedMeta.Learning;

/// <summary>An adapted model and the account of how it came about.</summary>
/// <param name="Theta">The parameters to use at this hospital; always finite where the shared ones were.</param>
/// <param name="Choice">What was done.</param>
/// <param name="Reason">Why, in a sentence for the hospital's reader.</param>
/// <param name="Candidates">All candidates, simplest first.</param>
/// <param name="Patients">Labelled patients that it rests on.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record AdaptationResult<T>(
    T[] Theta, AdaptationChoice Choice, string Reason, ImmutableArray<CandidateScore> Candidates, int Patients)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

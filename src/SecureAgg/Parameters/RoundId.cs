namespace FedMeta.SecureAgg;

/// <summary>A round and the attempt at it; one-round keys belong to exactly one of these.</summary>
/// <param name="Round">Number of the round in its study, from 0.</param>
/// <param name="Attempt">Number of the attempt at that round, from 0.</param>
public readonly record struct RoundId(long Round, int Attempt) : IComparable<RoundId>
{
    /// <summary>Orders by round, then by attempt.</summary>
    public int CompareTo(RoundId other) =>
        Round != other.Round ? Round.CompareTo(other.Round) : Attempt.CompareTo(other.Attempt);
}

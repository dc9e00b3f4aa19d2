namespace FedMeta.SecureAgg;

/// <summary>What was wrong with an opened share.</summary>
public enum ShareConflictKind
{
    /// <summary>The holder answered but said it holds no share of the dealer's.</summary>
    Missing,

    /// <summary>The share does not lie on the dealer's polynomial.</summary>
    Wrong,

    /// <summary>The share does not fit the others, but so many do not that two polynomials could be the dealer's: no
    /// one can be named for it.</summary>
    Disputed,
}

namespace FedMeta.Learning;

/// <summary>What a comparison found.</summary>
public enum Verdict
{
    /// <summary>The interval of the difference holds zero, or the patients are too few: neither is better.</summary>
    Tie,

    /// <summary>The first is better.</summary>
    Better,

    /// <summary>The first is worse.</summary>
    Worse,
}

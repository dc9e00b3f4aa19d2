namespace FedMeta.SecureAgg;

/// <summary>One of the vectors that a round adds up.</summary>
/// <param name="Name">What it holds: 1 to 32 of a-z, 0-9 and the hyphen.</param>
/// <param name="Length">Entries d, 1 to 2^28.</param>
/// <param name="RingBits">Width b of the ring 2^b: 8 to 64.</param>
public sealed record VectorShape(string Name, int Length, int RingBits)
{
    /// <summary>Characters of the longest name.</summary>
    public const int MaxNameLength = 32;

    /// <summary>Entries of the longest vector, 2^28.</summary>
    public const int MaxLength = 1 << 28;

    /// <summary>The narrowest ring.</summary>
    public const int MinRingBits = 8;

    /// <summary>The widest ring.</summary>
    public const int MaxRingBits = 64;

    /// <summary>Whether name, length and width are in their ranges.</summary>
    public bool IsValid =>
        Name is { Length: > 0 and <= MaxNameLength }
        && Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && Length is > 0 and <= MaxLength
        && RingBits is >= MinRingBits and <= MaxRingBits;
}

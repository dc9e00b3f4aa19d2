namespace FedMeta.Server.State.Facts;

/// <summary>An attempt at a round was announced to <c>Invited</c>. <c>RotationSeed</c> is public, Base64 of 32
/// bytes.</summary>
internal sealed record RoundStarted(string Study, int Round, int Attempt, string Model, string RotationSeed,
    long Expiry,
    IReadOnlyList<string> Invited) : Fact;

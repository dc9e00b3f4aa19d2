namespace FedMeta.Server.Rounds;

/// <summary>What a study waits for, since when and until when: no wait is without an end, and none is silent.</summary>
/// <param name="Phase">advertise-keys, share-keys, masked-input, consistency, unmask or idle.</param>
/// <param name="What">In words.</param>
/// <param name="Since">UTC.</param>
/// <param name="Until">UTC; the greatest time there is where only a person can end the wait.</param>
internal sealed record WaitState(string Phase, string What, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Nothing is waited for.</summary>
    public static WaitState Idle { get; } = new("idle", "", default, default);
}

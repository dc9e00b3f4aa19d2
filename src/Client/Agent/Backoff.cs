using System.Security.Cryptography;

namespace FedMeta.Client.Agent;

/// <summary>
/// How long to wait before the next attempt to reach the server: 0.5 s doubled up to 30 s, each drawn from the upper
/// half of its range, so that a hundred hospitals do not return in one second after a restart.
/// </summary>
internal sealed class Backoff(RandomNumberGenerator random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private int _failures;

    /// <summary>Failures since the last success.</summary>
    public int Failures => _failures;

    /// <summary>The server answered.</summary>
    public void Reset() => _failures = 0;

    /// <summary>The server did not answer; how long to wait now.</summary>
    public TimeSpan Next()
    {
        var range = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(_failures, 10)));
        if (_failures < int.MaxValue) _failures++;
        Span<byte> bytes = stackalloc byte[4];
        random.GetBytes(bytes);
        return range * (0.5 + (0.5 * BitConverter.ToUInt32(bytes) / uint.MaxValue));
    }
}

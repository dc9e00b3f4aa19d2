using System.Security.Cryptography;
using Grpc.Core;

namespace FedMeta.Client.Agent;

/// <summary>Repeats a call whose repetition changes nothing, as long as the server cannot be reached.</summary>
internal static class Retry
{
    /// <summary>Whether a failure says that the network or the server was away, not that the call was wrong.</summary>
    public static bool IsAway(RpcException fault) => fault.StatusCode is StatusCode.Unavailable
        or StatusCode.DeadlineExceeded or StatusCode.Internal or StatusCode.Unknown or StatusCode.Aborted;

    /// <summary>Calls until it answers, fails for good, or <paramref name="until"/> has passed.</summary>
    public static async Task<T> WhileAwayAsync<T>(
        Func<Task<T>> call, DateTimeOffset until, TimeProvider time, CancellationToken stop)
    {
        using var random = RandomNumberGenerator.Create();
        var backoff = new Backoff(random);
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RpcException fault) when (IsAway(fault) && !stop.IsCancellationRequested && time.GetUtcNow() < until)
            {
                await Task.Delay(backoff.Next(), time, stop);
            }
        }
    }
}

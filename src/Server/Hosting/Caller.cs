using Grpc.Core;

namespace FedMeta.Server.Hosting;

/// <summary>The checked identity of a caller. <c>Name</c> is the client id, or empty for anyone else.</summary>
internal sealed record Caller(Role Role, string Name)
{
    private const string Key = "fedmeta.caller";

    /// <summary>Whom the authorisation let in; every service asks here and nowhere else.</summary>
    public static Caller Of(ServerCallContext context) => context.UserState.TryGetValue(Key, out var caller)
        ? (Caller)caller
        : throw new InvalidOperationException("a call got past the authorisation");

    /// <summary>Remembers the caller for the rest of the call.</summary>
    public void Attach(ServerCallContext context) => context.UserState[Key] = this;
}

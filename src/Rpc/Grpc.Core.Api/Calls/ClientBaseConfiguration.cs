namespace Grpc.Core;

public abstract partial class ClientBase
{
    /// <summary>What one client hands to another client of its type; opaque to both.</summary>
    protected internal class ClientBaseConfiguration
    {
        internal ClientBaseConfiguration(CallInvoker undecorated, string? host)
        {
            ArgumentNullException.ThrowIfNull(undecorated);
            Undecorated = undecorated;
            Host = host;
        }

        internal CallInvoker Undecorated { get; }

        internal string? Host { get; }
    }
}

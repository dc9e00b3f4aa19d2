using Grpc.Core.Interceptors;

namespace Grpc.Core;

/// <summary>The base of every generated client.</summary>
public abstract partial class ClientBase
{
    /// <summary>Makes a client without a channel, for test doubles; each of its calls throws.</summary>
    protected ClientBase()
        : this(new UnconfiguredCallInvoker())
    {
    }

    /// <summary>Makes a client over a channel.</summary>
    /// <param name="channel">The channel.</param>
    protected ClientBase(ChannelBase channel)
        : this((channel ?? throw new ArgumentNullException(nameof(channel))).CreateCallInvoker())
    {
    }

    /// <summary>Makes a client over something that starts calls.</summary>
    /// <param name="callInvoker">Starts the calls.</param>
    protected ClientBase(CallInvoker callInvoker)
        : this(new ClientBaseConfiguration(callInvoker, host: null))
    {
    }

    /// <summary>Makes a client from a configuration.</summary>
    /// <param name="configuration">The configuration of another client.</param>
    protected ClientBase(ClientBaseConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Configuration = configuration;
        CallInvoker = configuration.Host is { } host
            ? configuration.Undecorated.Intercept(new HostInterceptor(host))
            : configuration.Undecorated;
    }

    /// <summary>Starts the calls of this client.</summary>
    protected CallInvoker CallInvoker { get; }

    internal ClientBaseConfiguration Configuration { get; }
}

namespace Grpc.Core;

/// <summary>How a channel is secured. Only a channel's implementation looks inside.</summary>
public abstract class ChannelCredentials
{
    /// <summary>No security.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS with the settings of the HTTP handler.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    /// <summary>
    /// Adds credentials of each call to those of the channel. Whether a channel without security takes them is the
    /// channel's decision.
    /// </summary>
    /// <param name="channelCredentials">The channel's credentials.</param>
    /// <param name="callCredentials">The credentials of each call.</param>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new CompositeChannelCredentials(channelCredentials, callCredentials);

    /// <summary>Tells a configurator what these credentials are. For implementations of channels.</summary>
    /// <param name="configurator">What takes the answer.</param>
    /// <param name="state">Handed to the configurator.</param>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state);
}

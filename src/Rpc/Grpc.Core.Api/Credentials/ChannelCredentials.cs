namespace Grpc.Core;

/// <summary>How a channel is secured. Only a channel's implementation looks inside.</summary>
public abstract class ChannelCredentials
{
    /// <summary>No security.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS with the settings of the HTTP handler.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    internal virtual bool CarriesCallCredentials => false;

    /// <summary>Adds credentials of each call to those of the channel.</summary>
    /// <param name="channelCredentials">A secured channel's credentials.</param>
    /// <param name="callCredentials">The credentials of each call.</param>
    /// <exception cref="ArgumentException">The channel's credentials carry no credentials of calls.</exception>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new CompositeChannelCredentials(channelCredentials, callCredentials);

    /// <summary>Tells a configurator what these credentials are. For implementations of channels.</summary>
    /// <param name="configurator">What takes the answer.</param>
    /// <param name="state">Handed to the configurator.</param>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state);
}
